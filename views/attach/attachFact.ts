import type { AttachPreflight } from '../../native-host/protocol';
import { l10n } from '../l10n';
import { reasonText } from './reasonText';

/** Whether a debugger can attach, for a tooltip: why not, and what helps. */
export function attachFact({ verdict, reasons, row }: AttachPreflight): string {
  const texts = reasons.map((reason) => reasonText(reason, row));
  const why = texts.map((one) => one.why).join('; ');
  const [remedy] = texts.flatMap((one) => one.remedy ?? []);
  return [head(verdict, why), remedy].filter(Boolean).join(' ');
}

function head(verdict: AttachPreflight['verdict'], why: string): string {
  switch (verdict) {
    case 'allowed':
      return l10n.t('can attach');
    case 'refused':
      return l10n.t('cannot attach: {0}.', why);
    case 'unsure':
      return l10n.t('may not be able to attach: {0}.', why);
  }
}
