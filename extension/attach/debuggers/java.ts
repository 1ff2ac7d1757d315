import { l10n } from '../../../views/l10n';
import { namedProcess } from '../../../views/rowText';
import { NothingDone } from '../../errors';
import { attachTo } from './configuration';
import type { Debugger } from './debugger';

/** By port alone: a number would be looked up in `ps` for the port in its arguments. */
export const java: Debugger = {
  type: 'java',
  extension: 'vscjava.vscode-java-debug',
  kinds: ['java'],
  number: { attribute: 'processId', form: 'number' },
  proof: 'socket',
  isElsewhere: ({ hostName, port }) => Boolean(hostName && port),
  configure(target) {
    const { contact, row } = target;
    if (contact?.kind === 'port') {
      return { ...attachTo('java', target), hostName: contact.host, port: contact.port };
    }
    throw new NothingDone(
      l10n.t(
        '{0} does not listen for a debugger. Nothing was done. Start it with "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:0".',
        namedProcess(row),
      ),
    );
  },
};
