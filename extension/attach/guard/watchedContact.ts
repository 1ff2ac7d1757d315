import type { DebugConfiguration } from 'vscode';
import type { ProcessRow } from '../../../native-host/protocol';
import type { BridgedPort } from '../bridged/bridgedPort';
import { contactIn, type LocalContact } from './contactIn';

/** Which port here leads into another network. */
export type BridgedAt = (port: number) => Pick<BridgedPort, 'row' | 'listener'> | undefined;

/** Where it is looked who waits for the debugger; `far` is a port in the process' own network, at the end of our way. */
export type WatchedContact = LocalContact | { readonly far: number };

export function watchedContact(
  configuration: DebugConfiguration,
  row: ProcessRow,
  bridgedAt: BridgedAt,
): WatchedContact | undefined {
  const contact = contactIn(configuration);
  const way = contact && 'port' in contact ? bridgedAt(contact.port) : undefined;
  return way?.row.key === row.key ? { far: way.listener.port } : contact;
}

/**
 * A port here can lead to a process of another network by our way alone, as far as we have made the configuration; the way
 * is closed after a while, and whoever has the port then is not meant.
 */
export function isWayLost(
  configuration: DebugConfiguration,
  { row, isOtherNetwork }: { readonly row: ProcessRow; readonly isOtherNetwork: boolean },
  bridgedAt: BridgedAt,
): boolean {
  const contact = watchedContact(configuration, row, bridgedAt);
  return isOtherNetwork && contact !== undefined && 'port' in contact;
}
