import * as vscode from 'vscode';
import type { Disposable } from '../../../views/emitter';
import { systemClock } from '../../../views/clock';
import type { ProcessRow } from '../../../native-host/protocol';
import { l10n } from '../../../views/l10n';
import { revealProcess } from '../../commands/reveal';
import { describeError } from '../../errors';
import type { Services } from '../../services';
import { debuggerOf } from '../debuggers';
import { letRun } from '../next/letRun';
import { vscodeVariables } from '../vscodeVariables';
import { numberBeforeTasks } from './numberBeforeTasks';
import { Guard, type EndableSession } from './guard';

type Needed = Pick<
  Services,
  | 'host'
  | 'bridged'
  | 'picks'
  | 'starts'
  | 'targets'
  | 'messages'
  | 'log'
  | 'readSetting'
  | 'processes'
>;

export function createGuard(services: Needed): Guard {
  const { host, bridged, picks, targets, messages, log, readSetting } = services;
  return new Guard({
    ...{ host, picks, targets, clock: systemClock },
    bridgedAt: (port) => bridged.at(port),
    isWanted: (type) => readSetting('pidfd.attach.guard')[type] !== false,
    makeReady: (row, { type }) => makeReady(services, row, type),
    describe: (error) => describeError(error).text,
    log: (line) => log.info(line),
    warn: (line) => log.warn(line),
    say: (text, about) => void say(services, text, about),
    mention: (text) => messages.status(text),
    print: (line) => messages.print(line),
  });
}

async function makeReady(services: Needed, row: ProcessRow, type: string): Promise<void> {
  const one = debuggerOf(type);
  if (one) await letRun(services, row, one);
}

async function say(services: Needed, text: string, about: ProcessRow | undefined): Promise<void> {
  const { messages } = services;
  const show = l10n.t('Show Process');
  const answer = await messages.error(text, ...(about ? [show] : []));
  if (answer !== show || !about) return;
  await revealProcess(services, about).catch((error: unknown) =>
    messages.warn(describeError(error).text),
  );
}

/** Joins it to VS Code's debugging: for every type, after those who know theirs. */
export function watchAttaches(guard: Guard): Disposable {
  const variables = vscodeVariables();
  const parts = [
    vscode.debug.registerDebugConfigurationProvider('*', {
      resolveDebugConfiguration: async (folder, configuration) => {
        if (!guard.isWanted(configuration)) return configuration;
        guard.written(configuration);
        const known = await numberBeforeTasks(variables, configuration, folder);
        return known && guard.begin(known);
      },
      resolveDebugConfigurationWithSubstitutedVariables: (_folder, configuration) =>
        guard.settle(configuration),
    }),
    vscode.debug.registerDebugAdapterTrackerFactory('*', {
      createDebugAdapterTracker: (session) => track(guard, session),
    }),
    vscode.debug.onDidTerminateDebugSession(({ id }) => guard.ended(id)),
  ];
  return { dispose: () => parts.forEach((part) => void part.dispose()) };
}

/** At once: VS Code gives all trackers of a session one second, and then goes on without any of them. */
function track(guard: Guard, session: vscode.DebugSession): vscode.DebugAdapterTracker | undefined {
  if (session.parentSession) return undefined; // what a debugger starts by itself, below the one that attached
  const tracker = guard.track(endable(session));
  return (
    tracker && {
      onWillReceiveMessage: (message) => tracker.willReceive(message),
      onDidSendMessage: (message) => tracker.didSend(message),
    }
  );
}

function endable(session: vscode.DebugSession): EndableSession {
  const { id, name, type, configuration } = session;
  return {
    ...{ id, name, type, configuration },
    disconnect: () => session.customRequest('disconnect', { terminateDebuggee: false }),
    stop: () => vscode.debug.stopDebugging(session),
  };
}
