import type { Known, UnknownReason } from '../native-host/protocol';
import { l10n } from './l10n';

/** Why something is not known, as the end of "unknown because ...". */
export function unknownReason(reason: UnknownReason): string {
  switch (reason) {
    case 'permission':
      return l10n.t('the kernel does not tell this user');
    case 'gone':
      return l10n.t('the process ended before it could be read');
    case 'unsupported':
      return l10n.t('this kernel or container cannot tell');
    case 'timeout':
      return l10n.t('the answer did not come in time');
    case 'lost':
      return l10n.t('nobody was watching when it happened');
  }
}

/** What is known as text, or that it is not known and why. */
export function knownText<T>(known: Known<T>, toText: (value: T) => string): string {
  if ('value' in known) return toText(known.value);
  return l10n.t('unknown ({0})', unknownReason(known.unknown));
}
