import * as vscode from 'vscode';
import { quickPickText } from '../../views/escape';
import type { EntryCommand } from './entryCommand';

/** No shell reads the words: the program gets them as they are. */
export function openEntryTerminal(
  name: string,
  { program, args, env }: EntryCommand,
): vscode.Terminal {
  const terminal = vscode.window.createTerminal({
    name: quickPickText(name),
    shellPath: program,
    shellArgs: args,
    env,
    isTransient: true, // what it is in may be gone after a reload
  });
  terminal.show();
  return terminal;
}
