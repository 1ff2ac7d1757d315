import type { ErrorData, TranslatedNumbers } from '../../native-host/protocol';
import type { HostApi } from '../../views/hostApi';
import { l10n } from '../../views/l10n';
import { messageText } from '../../views/escape';
import { NothingDone } from '../errors';
import type { ChosenNamespace } from './chosenNamespace';
import { combine, type Translated } from './translationTexts';

export interface Outcome {
  readonly all: readonly Translated[];
  readonly facts: TranslatedNumbers;
}

/** All of them by one request; threads by a second one. @throws NothingDone, HostClosedError... */
export async function translate(
  host: HostApi,
  numbers: readonly number[],
  source: ChosenNamespace,
  target: ChosenNamespace,
): Promise<Outcome> {
  const ask = (some: readonly number[], threads: boolean) =>
    translateOne(host, some, source, target, threads);
  const facts = await ask(numbers, false);
  const tids = numbers.filter((_, index) => facts.answers[index] === 'isThread');
  const ofThreads = tids.length > 0 ? await ask(tids, true) : undefined;
  return { all: combine(numbers, facts, ofThreads), facts };
}

async function translateOne(
  host: HostApi,
  numbers: readonly number[],
  source: ChosenNamespace,
  target: ChosenNamespace,
  threads: boolean,
): Promise<TranslatedNumbers> {
  const items = [{ numbers, source: source.ref, target: target.ref, threads }];
  const { results } = await host.request('translate/batch', { items });
  const [result] = results;
  if (result && 'answers' in result) return result;
  throw new NothingDone(failure(result?.error, source, target));
}

/** Why one of the namespaces could not be had. The host does not say which: the names of both stand there. */
function failure(
  error: ErrorData | undefined,
  { name: source }: ChosenNamespace,
  { name: target }: ChosenNamespace,
): string {
  const both = [messageText(source), messageText(target)] as const;
  switch (error?.kind) {
    case 'Gone':
      return l10n.t(
        'Between "{0}" and "{1}": one of them is gone, or nobody in it can be seen.',
        ...both,
      );
    case 'Denied':
      return l10n.t(
        'Between "{0}" and "{1}": the kernel does not let this user look into one of them.',
        ...both,
      );
    case 'Invalid':
      return l10n.t('Between "{0}" and "{1}": one of them names no PID namespace.', ...both);
    default:
      return l10n.t('Between "{0}" and "{1}" nothing can be translated here.', ...both);
  }
}
