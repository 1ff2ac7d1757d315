import assert from 'node:assert/strict';
import type * as vscode from 'vscode';
import type { Actor } from '../support/actor';
import { type Debuggee, goesOn } from '../support/debuggees';
import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';
import { Sessions } from './sessions';

/** Nobody traces it, and it runs. */
async function isFree(actor: Actor, pid: number): Promise<void> {
  await eventually('nobody traces it', () => procfs.status(pid, 'TracerPid')?.[0] === '0');
  await goesOn(actor);
}

/**
 * One session as a person has it: a breakpoint in a loop, a variable there, and off again. What is debugged goes on.
 * @param start gives the configuration to start, or starts a session by itself
 */
export async function debug(
  actor: Actor,
  { source, line }: Debuggee,
  start: vscode.DebugConfiguration | (() => PromiseLike<unknown>),
  pid = actor.pid,
): Promise<void> {
  const before = await actor.askNumber('count');
  await using sessions = new Sessions();
  sessions.breakAt(source, line);
  if (typeof start === 'function') await start();
  else assert.ok(await sessions.start(start), 'VS Code started no session');
  const stop = await sessions.stopped();
  assert.ok(Number(await sessions.evaluate(stop, 'count')) > before);
  await sessions.detach();
  await isFree(actor, pid);
}
