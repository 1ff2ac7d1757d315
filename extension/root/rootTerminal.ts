import * as vscode from 'vscode';
import { quickPickText } from '../../views/escape';
import { hostEnvironment } from '../host/environment';

/**
 * A terminal in which sudo may ask for a password. No shell reads the words. Neither the folder nor the terminal
 * settings of a workspace (`terminal.integrated.env`) have any part in it.
 */
export function openRootTerminal(name: string, args: readonly string[]): vscode.Terminal {
  const terminal = vscode.window.createTerminal({
    name: quickPickText(name),
    shellPath: 'sudo',
    shellArgs: [...args],
    cwd: '/',
    strictEnv: true,
    env: hostEnvironment(process.env),
    isTransient: true,
  });
  terminal.show();
  return terminal;
}
