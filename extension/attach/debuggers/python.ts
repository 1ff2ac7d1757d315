import type { DebugConfiguration } from 'vscode';
import type { ProcessRow } from '../../../native-host/protocol';
import { l10n } from '../../../views/l10n';
import { namedProcess } from '../../../views/rowText';
import { NothingDone } from '../../errors';
import { attachTo } from './configuration';
import type { AttachTarget, Debugger } from './debugger';

const injecting = {
  kinds: ['python'],
  number: { attribute: 'processId', form: 'number' },
  proof: 'injection',
  isElsewhere: ({ connect, listen, host, port }: DebugConfiguration) =>
    Boolean(connect ?? listen ?? host ?? port),
} as const;

export const debugpy: Debugger = {
  ...injecting,
  type: 'debugpy',
  extension: 'ms-python.debugpy',
  configure: (target) => ({ ...attachTo('debugpy', target), ...wayIn(target) }),
};

/** What it was called before it had an extension of its own. */
export const python: Debugger = {
  ...injecting,
  type: 'python',
  extension: 'ms-python.python',
  configure: (target) => ({ ...attachTo('python', target), ...wayIn(target) }),
};

/**
 * debugpy in the process tells the number that it has itself, and opens files and ports where it is: by number it works
 * only where all that is the same here.
 */
function wayIn(target: AttachTarget): Partial<DebugConfiguration> {
  const { row, contact, nsPid, root, gdb } = target;
  if (contact?.kind === 'port') return { connect: { host: contact.host, port: contact.port } };
  if (gdb?.spoilsCalls && !needsNoGdb(row)) throw new NothingDone(spoiled(target, gdb.version));
  if (nsPid === null && root === null) return { processId: row.pid, subProcess: false };
  throw new NothingDone(
    l10n.t(
      '{0} is in a container, and debugpy cannot go there by number: the process knows itself by another number and sees other files. Nothing was done. Start it with "python -m debugpy --listen 5678", or run that in the container with "--pid {1}"; then choose it again.',
      namedProcess(row),
      nsPid ?? row.pid,
    ),
  );
}

/** From 3.14 on Python lets itself be told to run something (PEP 768). */
export const needsNoGdb = ({ exe }: ProcessRow): boolean =>
  /python3\.(1[4-9]|[2-9]\d)$/.test(exe ?? '');

/** select(2) fails in it with an error number that no program knows, and Python dies of that. */
const spoiled = ({ row }: AttachTarget, version: string | null) =>
  l10n.t(
    'debugpy would go into {0} by gdb {1}, which cannot write all registers of this processor and would most likely kill the program. Nothing was done. Use gdb 14 or newer, or start the program with "python -m debugpy --listen 5678" and choose it again.',
    namedProcess(row),
    version ?? '?',
  );
