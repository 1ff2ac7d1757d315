import * as vscode from 'vscode';
import type { ProcessRow } from '../../../native-host/protocol';
import type { Services } from '../../services';
import type { AttachTarget } from '../debuggers/debugger';
import { prepareAttach, type Prepared } from './prepareAttach';
import { mayAttach } from './mayAttach';

/** Finds out what it is, chooses a debugger, and starts it on exactly that process. */
export async function attachDebugger(
  services: Services,
  row: ProcessRow,
  anew: boolean,
): Promise<void> {
  const prepared = await prepareAttach(services, row, anew);
  if (!prepared) return;
  if (!mayAttach(services, prepared)) return;
  const configuration = prepared.debugger.configure(await reached(services, prepared));
  services.picks.add(row);
  await services.recents.note(row);
  // False where it did not start: VS Code has said why.
  await vscode.debug.startDebugging(vscode.workspace.workspaceFolders?.[0], configuration);
}

/** Node is reached by the inspector of that very process, which is opened only now that it is wanted. */
async function reached(
  { inspectors }: Services,
  { debugger: one, target }: Prepared,
): Promise<AttachTarget> {
  if (one.proof !== 'inspector') return target;
  const { websocketAddress } = await inspectors.open(target.row);
  return { ...target, contact: { kind: 'inspector', websocketAddress } };
}
