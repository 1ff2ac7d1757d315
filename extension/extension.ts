import * as vscode from 'vscode';
import { setContext } from '../views/contextKey';
import { l10n, useTranslator } from '../views/l10n';
import { LiveNamespaces } from '../views/liveNamespaces';
import { LiveProcesses } from '../views/liveProcesses';
import { LoggingMemory } from '../views/memory';
import { EndedTargets } from '../views/targets/endedTargets';
import { StoredTargets } from '../views/targets/storedTargets';
import { NamespacesView } from '../views/namespaces';
import { ProcessesView } from '../views/processes';
import { SavedFilters } from '../views/processes/savedFilters';
import { TargetsView } from '../views/targets';
import { TargetsController } from '../views/targets/targetsController';
import { systemClock } from '../views/clock';
import { Sampler } from '../views/usage/sampler';
import { Waits } from '../views/waits/waits';
import { bridgedAddressIn, BridgedPorts } from './attach/bridged/bridgedPorts';
import { followSessions } from './attach/bridged/followSessions';
import { createGuard, watchAttaches } from './attach/guard';
import { Starts } from './attach/next';
import { FollowChildren } from './attach/next/followChildren';
import { tellHeld } from './attach/next/tellHeld';
import { Inspectors } from './attach/nodeInspector';
import { watchNodeAttaches } from './attach/nodeInspector/watchNodeAttaches';
import { Picks } from './attach/picks';
import { ProcessPicker } from './attach/picking/processPicker';
import { RecentPrograms } from './attach/picking/recentPrograms';
import { registerGeneralCommands } from './commands/generalCommands';
import { registerNamespaceCommands } from './commands/namespaceCommands';
import { registerProcessCommands } from './commands/processCommands';
import { CommandRegistry } from './commands/register';
import { registerTargetCommands } from './commands/targetCommands';
import { registerViewCommands } from './commands/viewCommands';
import { DebuggedTargets } from './debugging/debuggedTargets';
import { LeftOvers, type LeftOver } from './debugging/leftOvers';
import { offerLeftOver } from './debugging/offerLeftOver';
import { watchSessions } from './debugging/watchSessions';
import { describeError } from './errors';
import { createSupervisor } from './host/createSupervisor';
import { Messages } from './messages';
import { PlainLog } from './plainLog';
import { ReadOnlyDocuments } from './readOnlyDocuments';
import { Reports } from './reports';
import type { Services } from './services';
import { readSetting } from './settings';
import { NotingHost } from './signals/notingHost';
import { retryWithSudo } from './signals/sudoTerminal';
import { GracefulStops } from './stopping/gracefulStops';
import { InterruptedStops } from './stopping/interruptedStops';
import { showProgress } from './stopping/stopProgress';
import { resumeStop } from './stopping/resumeStop';
import { tellInterrupted } from './stopping/tellInterrupted';
import type { TestApi } from './testApi';
import { announceWaits } from './waits/announceWaits';
import { runAfterExits } from './waits/runAfterExit';
import { vscodeStarter } from './waits/startAfterExit';

let end: (() => Promise<void>) | undefined;

/** Builds the parts and registers them. Starts no process: the first request does. */
export function activate(context: vscode.ExtensionContext): TestApi | undefined {
  useTranslator(vscode.l10n);
  const services = build(context);
  const { host, log, messages, processes, targets } = services;
  const registry = new CommandRegistry(messages, log, (refused) =>
    retryWithSudo(services, refused),
  );
  registerProcessCommands(registry, services);
  registerTargetCommands(registry, services);
  registerNamespaceCommands(registry, services);
  registerViewCommands(registry, services);
  registerGeneralCommands(registry, services);
  const targetsView = new TargetsView(
    targets,
    host,
    services.sampler,
    () => readSetting('pidfd.pinnedStatusBar'),
    (line) => log.warn(line),
  );
  const ended = new EndedTargets(targets.model, services.memory, systemClock);
  const stored = restoreTargets(services);
  const guard = createGuard(services);
  context.subscriptions.push(
    log,
    registry,
    services.documents,
    services.picks,
    services.starts,
    services.inspectors,
    services.bridged,
    followSessions(services.bridged.kept, bridgedAddressIn),
    processes,
    services.namespaces,
    services.live.processes,
    services.live.namespaces,
    services.sampler,
    targets,
    targetsView,
    ended,
    stored,
    services.waits,
    announceWaits(services, services.waits, systemClock, (n) => targetsView.addUnseen(n)),
    runAfterExits(services, targets, vscodeStarter),
    services.stops,
    services.stops.onDidChange(() =>
      setContext('pidfd.isStopping', services.stops.stopping.length > 0),
    ),
    ...followDebugging(services),
    guard,
    watchAttaches(guard),
    watchNodeAttaches(services),
    host.onDidChangeState(({ kind }) => setContext('pidfd.hostState', kind)),
  );
  setContext('pidfd.hostState', host.state.kind);
  tellOfBefore(services, stored).catch((error: unknown) => log.warn(String(error)));
  return context.extensionMode === vscode.ExtensionMode.Test ? { ...services, guard } : undefined;
}

/** What another session of this window left behind. */
async function tellOfBefore(services: Services, stored: StoredTargets): Promise<void> {
  const { interrupted } = services;
  await Promise.all([
    stored.start(),
    tellInterrupted(services, interrupted, (stop) => resumeStop(services, stop)),
    tellHeld(services),
  ]);
}

/** VS Code waits for this, a few seconds at most. */
export async function deactivate(): Promise<void> {
  await end?.();
}

function build(context: vscode.ExtensionContext): Services {
  const log = new PlainLog(vscode.window.createOutputChannel('Pidfd Explorer', { log: true }));
  const documents = new ReadOnlyDocuments();
  const script = context.asAbsolutePath('dist/native-host.js');
  let program = process.execPath;
  const supervisor = createSupervisor({
    script,
    onSpawn: (tried) => (program = tried),
    nodePath: () => readSetting('pidfd.nodePath').trim(),
    log: (line) => log.info(line),
    hostLog: (line) => log.info(`native host: ${line}`),
  });
  const describe = (error: unknown) => describeError(error).text;
  const warn = (line: string) => log.warn(line);
  const targets = new TargetsController(supervisor, systemClock, warn, describe);
  const host = new NotingHost(supervisor, (key, signal) => targets.model.signalled(key, signal));
  const memory = new LoggingMemory(context.workspaceState, warn);
  const interrupted = new InterruptedStops(memory);
  const live = {
    processes: new LiveProcesses(supervisor),
    namespaces: new LiveNamespaces(supervisor),
  };
  const recents = new RecentPrograms(memory);
  const sampler = new Sampler(supervisor, systemClock, (line) => log.warn(line));
  const messages = new Messages();
  const stops = new GracefulStops(host, targets, systemClock, interrupted, showProgress);
  end = () => (interrupted.close(), stops.dispose(), supervisor.close());
  return {
    log,
    supervisor,
    host,
    live,
    messages,
    inspectors: new Inspectors(host, { messages, log }),
    bridged: new BridgedPorts(host, systemClock, {
      say: (text) => void messages.error(text),
      warn,
    }),
    documents,
    reports: new Reports(documents, (line) => log.info(line)),
    readSetting,
    hostCommand: () => ({ program, script, isElectron: program === electronProgram() }),
    picker: new ProcessPicker({
      ...{ host: supervisor, namespaces: live.namespaces, recents, log: warn },
      say: (text) => void messages.info(text),
    }),
    recents,
    memory,
    picks: new Picks(supervisor, (line) => log.warn(line)),
    starts: new Starts(supervisor, memory, (line) => log.warn(line)),
    processes: new ProcessesView(supervisor, live, sampler, memory, describe),
    namespaces: new NamespacesView(supervisor, live, memory, describe),
    targets,
    waits: new Waits(targets, systemClock, (line) => log.warn(line)),
    stops,
    interrupted,
    sampler,
    // To store is all that its commands do: they say that they could not.
    savedFilters: new SavedFilters(context.globalState),
  };
}

function followDebugging(services: Services): { dispose(): unknown }[] {
  const { host, log } = services;
  const warn = (line: string) => log.warn(line);
  const found = (left: LeftOver) => {
    if (readSetting('pidfd.offerLeftOver')) offerLeftOver(services, left);
  };
  const leftOvers = new LeftOvers(host, systemClock, warn, found);
  const isWanted = () => host.state.kind !== 'unsupported';
  const debugged = new DebuggedTargets(leftOvers, services.targets, warn);
  const children = new FollowChildren(services);
  const following = leftOvers.onDidFollow(({ id, row }) => children.debuggee(id, row.key));
  return [leftOvers, debugged, watchSessions(leftOvers, isWanted), children, following];
}

function restoreTargets(services: Services): StoredTargets {
  const { host, targets, waits, log, messages, memory } = services;
  const warn = (line: string) => log.warn(line);
  return new StoredTargets(host, targets, waits, memory, systemClock, warn, (count) => {
    const text = l10n.t(
      '{0} targets of before are dropped: they belonged to an earlier start of this machine or to another container.',
      count,
    );
    void messages.info(text);
  });
}

/** VS Code's own program, where that is Electron and not Node. */
function electronProgram(): string | undefined {
  return process.versions.electron === undefined ? undefined : process.execPath;
}
