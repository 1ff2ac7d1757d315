import type {
  NamespaceRelation,
  TranslatedNumber,
  TranslatedNumbers,
} from '../../native-host/protocol';
import { l10n } from '../../views/l10n';

/** One answer of translate_pid(number, source, target). */
export interface Translated {
  readonly number: number;
  readonly answer: TranslatedNumber;
  /** It is a thread's number, and so is the answer. */
  readonly isThread: boolean;
}

/** `5 → 31244` */
export function translatedText({ number, answer, isThread }: Translated): string {
  const text = `${number} → ${answerText(answer)}`;
  return isThread ? l10n.t('{0} (thread)', text) : text;
}

function answerText(answer: TranslatedNumber): string {
  switch (answer) {
    case 'noneThere':
      return l10n.t('none there');
    case 'noProcess':
      return l10n.t('no such process');
    case 'isThread':
      return l10n.t('a thread');
    case 'unproven':
      return l10n.t('not proven');
    default:
      return String(answer);
  }
}

/** What an answer that is no number means. */
export function answerMeaning(answer: TranslatedNumber): string | undefined {
  switch (answer) {
    case 'noneThere':
      return l10n.t('it exists, and cannot be reached from there');
    case 'noProcess':
      return l10n.t('nobody has that number where it counts');
    case 'isThread':
      return l10n.t('the number of a thread, not of a process');
    case 'unproven':
      return l10n.t('the kernel does not tell this user');
    default:
      return undefined;
  }
}

/** Whether the first namespace is inside, outside or equal to the second. */
export function relationText(
  relation: NamespaceRelation | null,
  source: string,
  target: string,
): string {
  switch (relation) {
    case 'equal':
      return l10n.t('"{0}" and "{1}" are the same PID namespace', source, target);
    case 'inside':
      return l10n.t('"{0}" is inside "{1}"', source, target);
    case 'outside':
      return l10n.t('"{0}" is outside "{1}"', source, target);
    case null:
      return l10n.t('how "{0}" lies to "{1}" cannot be seen from here', source, target);
  }
}

/** For the clipboard: a line for each, numbers alone where there are numbers. */
export function translationsText(all: readonly Translated[]): string {
  return all.map(({ number, answer }) => `${number}\t${answerText(answer)}`).join('\n');
}

/** Answers in order; those that are threads' are looked up in a second item, which has one for each of them. */
export function combine(
  numbers: readonly number[],
  { answers }: TranslatedNumbers,
  ofThreads: TranslatedNumbers | undefined,
): Translated[] {
  const threads = [...(ofThreads?.answers ?? [])];
  return numbers.map((number, index) => {
    const answer = answers[index] ?? 'unproven';
    const thread = answer === 'isThread' ? threads.shift() : undefined;
    return { number, answer: thread ?? answer, isThread: thread !== undefined };
  });
}
