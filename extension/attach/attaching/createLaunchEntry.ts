import * as vscode from 'vscode';
import type { ProcessRow } from '../../../native-host/protocol';
import { messageText } from '../../../views/escape';
import { l10n } from '../../../views/l10n';
import { NothingDone } from '../../errors';
import { offer } from '../../offer';
import type { Services } from '../../services';
import { ownList } from './ownList';
import { launchEntry, type LaunchInput } from './launchEntry';
import { prepareAttach } from './prepareAttach';

/** Adds to launch.json what asks for that program each time. What others wrote there stays. */
export async function createLaunchEntry(services: Services, row: ProcessRow): Promise<void> {
  const folder = folderOf();
  const prepared = await prepareAttach(services, row);
  if (!prepared) return;
  const launch = vscode.workspace.getConfiguration('launch', folder);
  const inputs = ownList<LaunchInput>(launch, 'inputs');
  const ids = inputs.map(({ id }) => id);
  const { configuration, input } = launchEntry(prepared.debugger, prepared.target, ids);
  const configurations = ownList<vscode.DebugConfiguration>(launch, 'configurations');
  const target = vscode.ConfigurationTarget.WorkspaceFolder;
  if (input) await launch.update('inputs', [...inputs, input], target);
  await launch.update('configurations', [...configurations, configuration], target);
  const text = l10n.t('"{0}" is in launch.json now.', messageText(configuration.name));
  void offer(services, 'info', text, { title: l10n.t('Open'), run: () => open(folder) });
}

function folderOf(): vscode.WorkspaceFolder {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder) return folder;
  throw new NothingDone(l10n.t('launch.json belongs to a folder: open one first.'));
}

async function open({ uri }: vscode.WorkspaceFolder): Promise<void> {
  const file = vscode.Uri.joinPath(uri, '.vscode', 'launch.json');
  await vscode.window.showTextDocument(file);
}
