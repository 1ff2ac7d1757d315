/**
 * Every id that package.json contributes, typed once. A unit test compares the two both ways.
 * Views may import this file, so it imports nothing.
 */

/** From a row's menu: hidden from the palette; VS Code gives the row, or nothing while it refreshes. */
export const rowCommands = {
  sendSignal: 'pidfd.row.sendSignal',
  terminate: 'pidfd.row.terminate',
  kill: 'pidfd.row.kill',
  pause: 'pidfd.row.pause',
  continue: 'pidfd.row.continue',
  stopGracefully: 'pidfd.row.stopGracefully',
  stopTree: 'pidfd.row.stopTree',
  waitForExit: 'pidfd.row.waitForExit',
  waitWithLimit: 'pidfd.row.waitWithLimit',
  waitThen: 'pidfd.row.waitThen',
  pin: 'pidfd.row.pin',
  translatePid: 'pidfd.row.translatePid',
  showNamespaces: 'pidfd.row.showNamespaces',
  openTerminal: 'pidfd.row.openTerminal',
  copyPid: 'pidfd.row.copyPid',
  copyKey: 'pidfd.row.copyKey',
  copyCommandLine: 'pidfd.row.copyCommandLine',
  revealParent: 'pidfd.row.revealParent',
  attachDebugger: 'pidfd.row.attachDebugger',
  attachOtherDebugger: 'pidfd.row.attachOtherDebugger',
  createLaunchEntry: 'pidfd.row.createLaunchEntry',
} as const;

/** From the palette: each opens a picker first, whatever is selected in a tree. */
export const pickerCommands = {
  sendSignal: 'pidfd.sendSignal',
  terminate: 'pidfd.terminate',
  kill: 'pidfd.kill',
  pause: 'pidfd.pause',
  continue: 'pidfd.continue',
  stopGracefully: 'pidfd.stopGracefully',
  stopTree: 'pidfd.stopTree',
  waitForExit: 'pidfd.waitForExit',
  waitWithLimit: 'pidfd.waitWithLimit',
  waitThen: 'pidfd.waitThen',
  pin: 'pidfd.pin',
  copyPid: 'pidfd.copyPid',
  copyKey: 'pidfd.copyKey',
  copyCommandLine: 'pidfd.copyCommandLine',
  revealProcess: 'pidfd.revealProcess',
  revealParent: 'pidfd.revealParent',
  showNamespaces: 'pidfd.showNamespaces',
  openTerminal: 'pidfd.openTerminal',
  attachDebugger: 'pidfd.attachDebugger',
  attachOtherDebugger: 'pidfd.attachOtherDebugger',
  createLaunchEntry: 'pidfd.createLaunchEntry',
} as const;

/** From a row of the Targets view. */
export const targetCommands = {
  cancel: 'pidfd.target.cancel',
  remove: 'pidfd.target.remove',
  unpin: 'pidfd.target.unpin',
  stopGracefully: 'pidfd.target.stopGracefully',
  killNow: 'pidfd.target.killNow',
  cancelStop: 'pidfd.target.cancelStop',
  startNothing: 'pidfd.target.startNothing',
  copy: 'pidfd.target.copy',
  reveal: 'pidfd.target.reveal',
  attachDebugger: 'pidfd.target.attachDebugger',
} as const;

/** From a row of the Namespaces view that is no process. */
export const namespaceCommands = {
  openTerminal: 'pidfd.namespace.openTerminal',
  ownTree: 'pidfd.namespace.ownTree',
  translateFrom: 'pidfd.namespace.translateFrom',
  revealFirst: 'pidfd.namespace.revealFirst',
  copyInode: 'pidfd.namespace.copyInode',
} as const;

export const generalCommands = {
  pickProcess: 'pidfd.pickProcess',
  attachToNext: 'pidfd.attachToNext',
  runAndAttach: 'pidfd.runAndAttach',
  translatePid: 'pidfd.translatePid',
  showOwnTree: 'pidfd.showOwnTree',
  filterProcesses: 'pidfd.filterProcesses',
  clearFilter: 'pidfd.clearFilter',
  saveFilter: 'pidfd.saveFilter',
  chooseFilter: 'pidfd.chooseFilter',
  showKernelThreads: 'pidfd.showKernelThreads',
  hideKernelThreads: 'pidfd.hideKernelThreads',
  showOtherUsers: 'pidfd.showOtherUsers',
  hideOtherUsers: 'pidfd.hideOtherUsers',
  groupProcesses: 'pidfd.groupProcesses',
  sortProcesses: 'pidfd.sortProcesses',
  showNamespaceNumbers: 'pidfd.showNamespaceNumbers',
  hideNamespaceNumbers: 'pidfd.hideNamespaceNumbers',
  showFigures: 'pidfd.showFigures',
  hideFigures: 'pidfd.hideFigures',
  refreshProcesses: 'pidfd.refreshProcesses',
  groupNamespacesByType: 'pidfd.groupNamespacesByType',
  groupNamespacesByContainer: 'pidfd.groupNamespacesByContainer',
  showMoreProcesses: 'pidfd.showMoreProcesses',
  clearFinishedTargets: 'pidfd.clearFinishedTargets',
  killNow: 'pidfd.killNow',
  showCapabilities: 'pidfd.showCapabilities',
  showLog: 'pidfd.showLog',
  restartHost: 'pidfd.restartHost',
} as const;

/** In the menu of orders: each order to be chosen, and the chosen one, with a tick. */
export const sortCommands = {
  start: 'pidfd.sort.start',
  pid: 'pidfd.sort.pid',
  name: 'pidfd.sort.name',
  cpu: 'pidfd.sort.cpu',
  memory: 'pidfd.sort.memory',
} as const;
export const sortedCommands = {
  start: 'pidfd.sorted.start',
  pid: 'pidfd.sorted.pid',
  name: 'pidfd.sorted.name',
  cpu: 'pidfd.sorted.cpu',
  memory: 'pidfd.sorted.memory',
} as const;

type Values<T> = T[keyof T];

export type RowCommand = Values<typeof rowCommands>;
export type PickerCommand = Values<typeof pickerCommands>;
export type TargetCommand = Values<typeof targetCommands>;
export type NamespaceCommand = Values<typeof namespaceCommands>;
export type GeneralCommand = Values<typeof generalCommands>;
export type SortCommand = Values<typeof sortCommands> | Values<typeof sortedCommands>;
export type CommandId =
  RowCommand | PickerCommand | TargetCommand | NamespaceCommand | GeneralCommand | SortCommand;

/** In the menu of a process row. */
export const rowMenus = {
  wait: 'pidfd.row.waitMenu',
  namespaces: 'pidfd.row.namespacesMenu',
  copy: 'pidfd.row.copyMenu',
  debug: 'pidfd.row.debugMenu',
} as const;

/** In the menu in the title of the Processes view. */
export const titleMenus = { sort: 'pidfd.sortMenu' } as const;

export const colors = {
  new: 'pidfd.newProcessForeground',
  ended: 'pidfd.endedProcessForeground',
} as const;

export const viewContainer = 'pidfd';

export const views = {
  processes: 'pidfd.processes',
  namespaces: 'pidfd.namespaces',
  targets: 'pidfd.targets',
} as const;

/** Context keys and the values they take. */
export interface ContextKeys {
  'pidfd.hostState': 'idle' | 'starting' | 'ready' | 'failed' | 'unsupported';
  'pidfd.filterActive': boolean;
  'pidfd.kernelThreadsShown': boolean;
  'pidfd.otherUsersShown': boolean;
  'pidfd.figuresShown': boolean;
  'pidfd.sortOrder': keyof typeof sortCommands;
  'pidfd.namespacesByContainer': boolean;
  'pidfd.namespaceNumbersShown': boolean;
  'pidfd.hasFinishedTargets': boolean;
  'pidfd.isStopping': boolean;
}

export const contextKeys = Object.keys({
  'pidfd.hostState': 0,
  'pidfd.filterActive': 0,
  'pidfd.kernelThreadsShown': 0,
  'pidfd.otherUsersShown': 0,
  'pidfd.figuresShown': 0,
  'pidfd.sortOrder': 0,
  'pidfd.namespacesByContainer': 0,
  'pidfd.namespaceNumbersShown': 0,
  'pidfd.hasFinishedTargets': 0,
  'pidfd.isStopping': 0,
} satisfies Record<keyof ContextKeys, 0>) as readonly (keyof ContextKeys)[];

/** Settings and their types, by full name. */
export interface Settings {
  /** The program that runs the native host; empty for VS Code's own runtime. */
  'pidfd.nodePath': string;
  /** When a person is asked before a signal is sent. */
  'pidfd.confirmSignals': 'always' | 'guarded' | 'never';
  /** How the end of a wait is told. */
  'pidfd.waitNotification': 'toast' | 'statusBar' | 'badge';
  /** What Stop Gracefully sends, and how long it waits after each. Checked where it is used. */
  'pidfd.stopSequence': readonly { signal: string; waitMs: number }[];
  /** Whether a debug session that ends is asked what it leaves running. */
  'pidfd.offerLeftOver': boolean;
  /** Types of debuggers whose attach configurations are not guarded are false; all others are. */
  'pidfd.attach.guard': Readonly<Record<string, boolean>>;
  /** Whether the pinned process stands in the status bar. */
  'pidfd.pinnedStatusBar': boolean;
}

const oneOf =
  (...values: readonly string[]) =>
  (value: unknown) =>
    values.includes(value as string);
const isA = (type: 'string' | 'boolean' | 'object') => (value: unknown) =>
  typeof value === type && value !== null;

/** VS Code underlines what does not fit and gives it all the same: what counts then is the default. */
export const settingFits: Readonly<Record<keyof Settings, (value: unknown) => boolean>> = {
  'pidfd.nodePath': isA('string'),
  'pidfd.attach.guard': isA('object'),
  'pidfd.offerLeftOver': isA('boolean'),
  'pidfd.pinnedStatusBar': isA('boolean'),
  'pidfd.confirmSignals': oneOf('always', 'guarded', 'never'),
  'pidfd.stopSequence': () => true, // it is said what is wrong with it when it is used
  'pidfd.waitNotification': oneOf('toast', 'statusBar', 'badge'),
};

/** The words of a process row's `contextValue`; menus test for them. */
export type RowContext = 'process' | 'living' | 'ended' | 'stopped' | 'hasParent' | 'signalable';

/** The `contextValue` of a row of the Namespaces view that is no process. */
export type NamespaceContext = 'namespace' | 'namespace.pid' | 'container';

/** The `contextValue` of a row of the Targets view; `.then` where something starts at its end. */
export type TargetContext = 'target.finished' | `target.${Why}${'' | '.then'}`;
type Why = 'waiting' | 'stopping' | 'pinned' | 'debugging';

/** Scheme of the read-only documents that the extension shows. */
export const documentScheme = 'pidfd';
