import { l10n } from '../../../views/l10n';
import { namedProcess } from '../../../views/rowText';
import { NothingDone } from '../../errors';
import { attachTo } from './configuration';
import type { Debugger } from './debugger';

/** vsdbg and the runtime meet in named pipes in TMPDIR, called by the number that the process knows. */
export const coreclr: Debugger = {
  type: 'coreclr',
  extension: 'ms-dotnettools.csharp',
  kinds: ['dotnet'],
  number: { attribute: 'processId', form: 'number' },
  proof: 'event',
  isElsewhere: ({ pipeTransport }) => Boolean(pipeTransport),
  configure(target) {
    const { row, nsPid, root } = target;
    if (nsPid === null && root === null) {
      return { ...attachTo('coreclr', target), processId: row.pid };
    }
    throw new NothingDone(
      l10n.t(
        '{0} is in a container, and vsdbg reaches a .NET program only where it sees the same files and numbers. Nothing was done. Run vsdbg in the container, by "pipeTransport" in launch.json, with processId {1}.',
        namedProcess(row),
        nsPid ?? row.pid,
      ),
    );
  },
};
