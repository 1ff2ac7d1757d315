import type { ProcessRow } from '../../../native-host/protocol';
import { messageText } from '../../../views/escape';
import { l10n } from '../../../views/l10n';
import { namedProcess } from '../../../views/rowText';
import { NothingDone } from '../../errors';
import type { OpenInspector } from './openInspector';

/** Why the inspector of a process is not opened: complete sentences, and nothing was done to the process. */
export const inspectorRefusals = {
  ended: (row: ProcessRow) =>
    new NothingDone(l10n.t('{0} has ended. No process was touched.', namedProcess(row))),
  unresolved: (text: string) =>
    new NothingDone(
      l10n.t(
        '"processId" is {0}, of which it cannot be told here whom it means, and the debugger would signal whoever has that number by then. Nothing was sent. Use a number, or one variable alone: a command, an input, or one of the environment or the settings.',
        messageText(text),
      ),
    ),
  notCaught: (row: ProcessRow) =>
    new NothingDone(
      l10n.t(
        '{0} does not catch SIGUSR1, which would end it: it is no Node, or was started with --disable-sigusr1. Nothing was sent. Start it with --inspect.',
        namedProcess(row),
      ),
    ),
  unreadable: (row: ProcessRow) =>
    new NothingDone(
      l10n.t(
        'Whether {0} can open its inspector cannot be told: it belongs to {1}. Nothing was sent. Try as that user, or as root.',
        namedProcess(row),
        messageText(row.user),
      ),
    ),
  stopped: (row: ProcessRow) =>
    new NothingDone(
      l10n.t(
        '{0} is stopped, and cannot open its inspector. Continue it first.',
        namedProcess(row),
      ),
    ),
  portTaken: (row: ProcessRow, port: number, owner: ProcessRow | undefined) =>
    new NothingDone(
      l10n.t(
        '{0} cannot open its inspector: port {1} belongs to {2}. Nothing was sent. End that, or start yours with --inspect-port=0.',
        namedProcess(row),
        port,
        owner ? namedProcess(owner) : l10n.t('a process that cannot be seen from here'),
      ),
    ),
  swallowed: (row: ProcessRow) =>
    new NothingDone(
      l10n.t(
        '{0} took SIGUSR1 and has opened no inspector. The program has a handler of its own for that signal, or another port was taken. Start it with --inspect.',
        namedProcess(row),
      ),
    ),
};

export function stillOpenText({ row, port }: OpenInspector): string {
  return l10n.t(
    'The inspector of {0} is still open on port {1}: whoever can connect to it can run code in that process.',
    namedProcess(row),
    port,
  );
}
