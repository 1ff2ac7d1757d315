import type * as vscode from 'vscode';
import type { HostApi } from '../views/hostApi';
import type { ProcessesView } from '../views/processes';
import type { TargetsController } from '../views/targets/targetsController';
import type { ProcessPicker } from './attach/processPicker';
import type { Supervisor } from './host/supervisor';
import type { Messages } from './messages';

/** What commands are made of. Built once, in `extension.ts`. */
export interface Services {
  readonly host: HostApi;
  readonly supervisor: Supervisor;
  readonly messages: Messages;
  readonly picker: ProcessPicker;
  readonly processes: ProcessesView;
  readonly targets: TargetsController;
  readonly log: vscode.LogOutputChannel;
}
