import type { ProcessRow } from '../../../native-host/protocol';
import { l10n } from '../../../views/l10n';
import { namedProcess } from '../../../views/rowText';

/** Of a port in a network that is not ours, and of the way there. */
export const bridgedTexts = {
  stranger: (row: ProcessRow, port: number) =>
    `whoever came to the way to port ${port} of ${row.key} is not known to be this user, and was cut`,
  notServed: (row: ProcessRow, port: number) =>
    l10n.t(
      '{0} does not wait for a debugger at port {1} of its network any more. Nothing was connected. Let it wait for one again, then choose it again.',
      namedProcess(row),
      port,
    ),
  unknown: (row: ProcessRow, port: number) =>
    l10n.t(
      '{0} waits for a debugger at port {1} of a network that is not ours, and it cannot be told whether that port is its own. Nothing was done. Publish the port of its container, or forward it, and connect to that.',
      namedProcess(row),
      port,
    ),
  notKept: (row: ProcessRow, port: number) =>
    l10n.t(
      '{0} waits for a debugger at port {1} of a network that is not ours. "Attach Debugger..." opens a way there for the time of a session, which an entry of launch.json cannot. For an entry, publish the port of its container.',
      namedProcess(row),
      port,
    ),
  lost: (row: ProcessRow) =>
    l10n.t(
      'The way to {0} in its network is closed. Nothing was attached to. Choose the process again.',
      namedProcess(row),
    ),
};
