import type { EntryUser, NamespaceType, ProcessKey } from '../../native-host/protocol';
import type { HostCommand } from '../signals/sudoCommand';

/** What a terminal runs: by key, so that however long it takes, nobody else's namespaces are entered. */
export interface EntryCommand {
  readonly program: string;
  readonly args: string[];
  readonly env: Record<string, string>;
}

export function entryCommand(
  host: HostCommand,
  key: ProcessKey,
  /** undefined: all that differ, as seen by who runs it. */
  join: readonly NamespaceType[] | undefined,
  user: EntryUser,
): EntryCommand {
  const joining = join ? [`--join=${join.join(',')}`] : [];
  return {
    program: host.program,
    args: [host.script, 'enter', key, ...joining, `--user=${user}`],
    env: host.isElectron ? { ELECTRON_RUN_AS_NODE: '1' } : {},
  };
}

/** The words after `sudo`, to do the same as root. */
export function sudoEntryArguments(host: HostCommand, key: ProcessKey): string[] {
  const { program, args, env } = entryCommand(host, key, undefined, 'target');
  const set = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  const asNode = set.length > 0 ? ['env', ...set] : [];
  return ['--', ...asNode, program, ...args];
}
