import { l10n } from '../../views/l10n';

/** For where it cannot be known who was meant: see `shownList.ts`. */
export const listChanged = (): string =>
  l10n.t('The list changed while you chose, so nothing was done. Please choose again.');
