import { l10n } from '../../../views/l10n';
import { namedProcess } from '../../../views/rowText';
import { NothingDone } from '../../errors';
import { attachTo } from './configuration';
import type { Contact, Debugger } from './debugger';

/** By socket or port: it knows no numbers. */
export const rdbg: Debugger = {
  type: 'rdbg',
  extension: 'koichisasada.vscode-rdbg',
  kinds: ['ruby'],
  number: null,
  proof: 'socket',
  configure(target) {
    const debugPort = address(target.contact);
    if (debugPort !== undefined) {
      return { ...attachTo('rdbg', target), debugPort, localfs: target.root === null };
    }
    throw new NothingDone(
      l10n.t(
        '{0} does not listen for a debugger. Nothing was done. Start it with "rdbg --open".',
        namedProcess(target.row),
      ),
    );
  },
};

function address(contact: Contact | null): string | undefined {
  if (contact?.kind === 'socket') return contact.path;
  return contact?.kind === 'port' ? `${contact.host}:${contact.port}` : undefined;
}
