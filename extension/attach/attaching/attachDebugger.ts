import * as vscode from 'vscode';
import type { ProcessRow } from '../../../native-host/protocol';
import type { Services } from '../../services';
import { configurationFor } from './configurationFor';
import { prepareAttach, type Wishes } from './prepareAttach';
import { mayAttach } from './mayAttach';

/** Finds out what it is, chooses a debugger, and starts it on exactly that process. */
export async function attachDebugger(
  services: Services,
  row: ProcessRow,
  wishes: Wishes = {},
): Promise<void> {
  const prepared = await prepareAttach(services, row, wishes);
  if (!prepared) return;
  if (!mayAttach(services, prepared)) return;
  const configuration = await configurationFor(services, prepared);
  services.picks.add(row);
  await services.recents.note(row);
  // False where it did not start: VS Code has said why.
  await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], configuration);
}
