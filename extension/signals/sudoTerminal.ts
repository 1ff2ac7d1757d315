import * as vscode from 'vscode';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { signalName } from '../../views/signals';
import type { SignalError } from '../errors';
import { openRootTerminal } from '../root/rootTerminal';
import { requireOwn } from '../root/requireOwn';
import type { Services } from '../services';
import { sudoArguments } from './sudoCommand';

/** Runs the native host's own command line as root. @throws NothingDone where others might have changed it */
export async function retryWithSudo(
  services: Pick<Services, 'hostCommand' | 'messages'>,
  refused: SignalError,
): Promise<void> {
  const { row, order } = refused;
  const command = services.hostCommand();
  await requireOwn(command);
  const name = signalName(order.signal);
  const title = l10n.t('sudo: {0} to {1}', name, row.key);
  const terminal = openRootTerminal(title, sudoArguments(command, row.key, order));
  const sent = l10n.t('{0} sent to {1} as root', name, namedProcess(row));
  sayWhenDone(services, terminal, sent);
}

/** A terminal that ends well disappears at once; one that does not says itself what sudo said. */
function sayWhenDone(
  { messages }: Pick<Services, 'messages'>,
  terminal: vscode.Terminal,
  text: string,
): void {
  const listening = vscode.window.onDidCloseTerminal((closed) => {
    if (closed !== terminal) return;
    listening.dispose();
    if (closed.exitStatus?.code === 0) messages.status(text);
  });
}
