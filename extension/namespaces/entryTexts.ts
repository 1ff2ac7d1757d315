import type { EntryRefusal, EntryUser } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';

/** Why a namespace cannot be entered, as a sentence of its own. */
export function refusalText(refusal: EntryRefusal): string {
  switch (refusal) {
    case 'unreadable':
      return l10n.t('The kernel does not show this user its namespaces.');
    case 'permission':
      return l10n.t('The kernel does not let this user in.');
    case 'needsUser':
      return l10n.t('It can be entered only together with the user namespace.');
    case 'noSuchUser':
      return l10n.t('Nobody is that user there, or only root may become it.');
  }
}

export function userText(user: EntryUser): string {
  switch (user) {
    case 'target':
      return l10n.t('The user of the process');
    case 'root':
      return l10n.t('Root there');
    case 'ours':
      return l10n.t('The user that I am');
  }
}
