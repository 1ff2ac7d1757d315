import * as vscode from 'vscode';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { signalName } from '../../views/signals';
import type { SignalError } from '../errors';
import type { Services } from '../services';
import { sudoArguments } from './sudoCommand';

/** Runs the native host's own command line as root, in a terminal that can ask for a password. No shell reads it. */
export function retryWithSudo(
  services: Pick<Services, 'hostCommand' | 'messages'>,
  refused: SignalError,
): vscode.Terminal {
  const { row, order } = refused;
  const name = signalName(order.signal);
  const terminal = vscode.window.createTerminal({
    name: l10n.t('sudo: {0} to {1}', name, row.key),
    shellPath: 'sudo',
    shellArgs: sudoArguments(services.hostCommand(), row.key, order),
    isTransient: true,
  });
  terminal.show();
  const sent = l10n.t('{0} sent to {1} as root', name, namedProcess(row));
  sayWhenDone(services, terminal, sent);
  return terminal;
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
