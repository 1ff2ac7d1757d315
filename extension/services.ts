import type { HostApi } from '../views/hostApi';
import type { LiveNamespaces } from '../views/liveNamespaces';
import type { LiveProcesses } from '../views/liveProcesses';
import type { Memory } from '../views/memory';
import type { NamespacesView } from '../views/namespaces';
import type { ProcessesView } from '../views/processes';
import type { SavedFilters } from '../views/processes/savedFilters';
import type { TargetsController } from '../views/targets/targetsController';
import type { Sampler } from '../views/usage/sampler';
import type { Waits } from '../views/waits/waits';
import type { BridgedPorts } from './attach/bridged/bridgedPorts';
import type { Starts } from './attach/next';
import type { Inspectors } from './attach/nodeInspector';
import type { Picks } from './attach/picks';
import type { ProcessPicker } from './attach/picking/processPicker';
import type { RecentPrograms } from './attach/picking/recentPrograms';
import type { Supervisor } from './host/supervisor';
import type { Messages } from './messages';
import type { PlainLog } from './plainLog';
import type { ReadOnlyDocuments } from './readOnlyDocuments';
import type { Reports } from './reports';
import type { readSetting } from './settings';
import type { HostCommand } from './signals/sudoCommand';
import type { GracefulStops } from './stopping/gracefulStops';
import type { InterruptedStops } from './stopping/interruptedStops';

/** What commands are made of. Built once, in `extension.ts`. */
export interface Services {
  readonly host: HostApi;
  /** What the views share. */
  readonly live: { readonly processes: LiveProcesses; readonly namespaces: LiveNamespaces };
  readonly supervisor: Supervisor;
  readonly sampler: Sampler;
  readonly savedFilters: SavedFilters;
  readonly messages: Messages;
  readonly picker: ProcessPicker;
  readonly recents: RecentPrograms;
  /** Of this workspace. */
  readonly memory: Memory;
  /** Whom the numbers mean that were picked for a debugger. */
  readonly picks: Picks;
  /** Of processes that do not exist yet. */
  readonly starts: Starts;
  /** Of running Nodes. */
  readonly inspectors: Inspectors;
  /** Ways to where processes of other networks wait for a debugger. */
  readonly bridged: BridgedPorts;
  readonly processes: ProcessesView;
  readonly namespaces: NamespacesView;
  readonly targets: TargetsController;
  readonly stops: GracefulStops;
  readonly waits: Waits;
  readonly interrupted: InterruptedStops;
  readonly documents: ReadOnlyDocuments;
  readonly reports: Reports;
  /** How the native host that runs now, or ran last, was started. */
  readonly hostCommand: () => HostCommand;
  readonly readSetting: typeof readSetting;
  readonly log: PlainLog;
}
