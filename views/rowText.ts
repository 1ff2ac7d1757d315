import type { ProcessRow, ProcessState } from '../native-host/protocol';
import { shownCommandLine } from './commandLine';
import { messageText, visible } from './escape';
import { timestamp } from './format';
import { l10n } from './l10n';

const baseName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** The kernel cuts names after 15 bytes, and runtimes name their main thread: say the program's name instead. */
function fullName({ comm, exe, args }: ProcessRow): string {
  const isMain = /^\S*-?MainThread$/.test(comm);
  // A name of fewer bytes is whole; a character has at most four of them.
  const cut = comm.length * 4 >= 15 && Buffer.byteLength(comm) >= 15;
  if (!isMain && !cut) return comm;
  const names = [exe, args[0]].filter((path) => path !== undefined && path !== null).map(baseName);
  return (isMain ? names[0] || undefined : names.find((name) => name.startsWith(comm))) ?? comm;
}

/** The name on the row. Raw: each place escapes it in its own way. */
export function processName(row: ProcessRow): string {
  return fullName(row) || l10n.t('(no name)');
}

/** `node (pid 4711)`, for notifications and dialogs. */
export function namedProcess(row: ProcessRow): string {
  return l10n.t('{0} (pid {1})', messageText(processName(row)), row.pid);
}

/** `node (pid 4711, started 12:03:11)`: before something that cannot be taken back. */
export function identifiedProcess(row: ProcessRow): string {
  const name = messageText(processName(row));
  return l10n.t('{0} (pid {1}, started {2})', name, row.pid, timestamp(row.startedAt));
}

/** A word for states that a person should notice; running and sleeping are not worth one. */
export function notableState(state: ProcessState): string | undefined {
  switch (state) {
    case 'T':
      return l10n.t('stopped');
    case 't':
      return l10n.t('traced');
    case 'Z':
    case 'X':
      return l10n.t('zombie');
    case 'D':
      return l10n.t('disk sleep');
    default:
      return undefined;
  }
}

const shortArguments = 80;

/** The arguments after the program's own name, on one line, cut. */
export function argumentText(row: ProcessRow): string {
  const text = shownCommandLine(row.args.slice(1));
  return text.length > shortArguments ? `${text.slice(0, shortArguments)}…` : text;
}

export function labelText(row: ProcessRow): string {
  return visible(processName(row));
}

/**
 * What stands after the name: what is short and tells twins apart comes first, a narrow view cuts the rest. `nsPid`:
 * the number in its own PID namespace, where that is to be said.
 */
export function descriptionText(
  row: ProcessRow,
  ownUid: number | null,
  ended: boolean,
  nsPid: number | null = null,
  figures = '',
): string {
  const numbers = nsPid === null ? String(row.pid) : l10n.t('{0} · {1} here', nsPid, row.pid);
  const state = ended ? l10n.t('ended') : notableState(row.state);
  const user = row.uid === ownUid ? undefined : visible(row.user);
  return [numbers, state, user, figures, argumentText(row)].filter(Boolean).join(' · ');
}
