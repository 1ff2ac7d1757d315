import * as vscode from 'vscode';
import type { IdentityTier } from '../../../native-host/protocol';
import { quickPickText } from '../../../views/escape';
import type { HostCommand } from '../../signals/sudoCommand';

/** Its process becomes the program itself, and stays when the window is reloaded. No shell reads the words. */
export function openRunTerminal(
  { program, script, isElectron }: HostCommand,
  tier: IdentityTier,
  door: string,
  words: readonly [string, ...string[]],
): vscode.Terminal {
  const terminal = vscode.window.createTerminal({
    name: quickPickText(words[0]),
    shellPath: program,
    shellArgs: [script, 'run', tier, door, ...words],
    env: isElectron ? { ELECTRON_RUN_AS_NODE: '1' } : {},
  });
  terminal.show();
  return terminal;
}
