import { l10n } from './l10n';

export function processCount(count: number): string {
  return count === 1 ? l10n.t('1 process') : l10n.t('{0} processes', count);
}
