import type { Container, ProcessRow } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { processName } from '../../views/rowText';
import type { HostCommand } from '../signals/sudoCommand';
import { sudoEntryArguments, type EntryCommand } from './entryCommand';

/** What may work where the kernel does not let this user in. */
export interface OtherWay {
  readonly title: string;
  readonly terminal: string;
  readonly command: EntryCommand;
  readonly asRoot: boolean;
}

export function otherWays(
  host: HostCommand,
  row: ProcessRow,
  shell: Container['engineShell'],
): OtherWay[] {
  const asRoot: OtherWay = {
    title: l10n.t('Open as Root'),
    terminal: l10n.t('sudo: namespaces of {0}', processName(row)),
    // Which namespaces differ, only root can see.
    command: { program: 'sudo', args: sudoEntryArguments(host, row.key), env: {} },
    asRoot: true,
  };
  const [program, ...args] = shell ?? [];
  if (program === undefined) return [asRoot];
  const byEngine: OtherWay = {
    title: l10n.t('Use Its Engine'),
    terminal: `${program}: ${processName(row)}`,
    command: { program, args, env: {} },
    asRoot: false,
  };
  return [byEngine, asRoot];
}
