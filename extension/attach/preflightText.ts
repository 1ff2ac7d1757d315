import type { AttachPreflight, ProcessRow } from '../../native-host/protocol';
import { reasonText } from '../../views/attach/reasonText';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';

/** What stands in the way of a debugger, said before it is started. */
export interface PreflightText {
  /** Complete sentences: what, to which process, why, what helps. */
  readonly text: string;
  /** Short, for a line of a picker. */
  readonly short: string;
  /** Who debugs it already, to be revealed. */
  readonly tracer: ProcessRow | null;
}

/** null: nothing does. */
export function preflightText({ verdict, reasons, row }: AttachPreflight): PreflightText | null {
  if (verdict === 'allowed') return null;
  const texts = reasons.map((reason) => reasonText(reason, row));
  const why = texts.map((one) => one.why).join('; ');
  const who = namedProcess(row);
  const head =
    verdict === 'refused'
      ? l10n.t('No debugger can attach to {0}: {1}.', who, why)
      : l10n.t('A debugger may be refused {0}: {1}.', who, why);
  const remedies = texts.flatMap((one) => one.remedy ?? []);
  const traced = reasons.find((one) => one.kind === 'traced');
  return {
    text: [head, ...new Set(remedies)].join(' '),
    short: texts[0]?.why ?? '',
    tracer: traced?.tracer?.row ?? null,
  };
}
