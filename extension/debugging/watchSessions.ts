import * as vscode from 'vscode';
import type { Disposable } from '../../views/emitter';
import { debuggeeOfMessage, debuggeeOfSession, isDetaching, isTerminated } from './debuggeeNumber';
import type { LeftOvers } from './leftOvers';

/** Tells of the debug sessions that launch a program, each with its sub-sessions as one. */
export function watchSessions(leftOvers: LeftOvers, isWanted: () => boolean): Disposable {
  const parts = [
    vscode.debug.registerDebugAdapterTrackerFactory('*', {
      createDebugAdapterTracker: (session: vscode.DebugSession) =>
        isWanted() ? track(leftOvers, session) : undefined,
    }),
    vscode.debug.onDidTerminateDebugSession(({ id }) => void leftOvers.ended(id)),
  ];
  return { dispose: () => parts.forEach((part) => void part.dispose()) };
}

/**
 * A program may be over in a moment: it waits so long for being followed, where its session is about to begin. Far less
 * than the second after which VS Code gives the session none of its trackers.
 */
const holdMs = 300;

/** What was attached to ran before and goes on. */
async function track(
  leftOvers: LeftOvers,
  session: vscode.DebugSession,
): Promise<vscode.DebugAdapterTracker | undefined> {
  const root = rootOf(session);
  if (root.configuration.request !== 'launch') return undefined;
  if (root === session) leftOvers.started(session.id, session.name);
  const told = async (pid: number | undefined) => {
    if (pid !== undefined) await leftOvers.debuggee(root.id, pid);
  };
  await Promise.race([told(debuggeeOfSession(session.type, session.name)), atMost(holdMs)]);
  let isOver = false;
  return {
    onDidSendMessage: (message) => {
      isOver ||= isTerminated(message);
      void told(debuggeeOfMessage(message));
    },
    onWillReceiveMessage: (message) => {
      if (!isOver && isDetaching(message)) leftOvers.detached(root.id);
    },
  };
}

function rootOf(session: vscode.DebugSession): vscode.DebugSession {
  return session.parentSession ? rootOf(session.parentSession) : session;
}

const atMost = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
