import type { Container, ProcessRow } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { processName } from '../../views/rowText';
import type { HostCommand } from '../signals/sudoCommand';
import { sudoEntryCommand, type EntryCommand } from './entryCommand';

/** What may work where the kernel does not let this user in. */
export interface OtherWay {
  readonly title: string;
  readonly terminal: string;
  readonly command: EntryCommand;
}

export function otherWays(
  host: HostCommand,
  row: ProcessRow,
  shell: Container['engineShell'],
): OtherWay[] {
  const asRoot: OtherWay = {
    title: l10n.t('Open as Root'),
    terminal: l10n.t('sudo: namespaces of {0}', processName(row)),
    command: sudoEntryCommand(host, row.key), // which namespaces differ, only root can see
  };
  const [program, ...args] = shell ?? [];
  if (program === undefined) return [asRoot];
  const byEngine: OtherWay = {
    title: l10n.t('Use Its Engine'),
    terminal: `${program}: ${processName(row)}`,
    command: { program, args, env: {} },
  };
  return [byEngine, asRoot];
}
