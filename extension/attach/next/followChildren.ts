import * as vscode from 'vscode';
import type { NextPattern, ProcessKey } from '../../../native-host/protocol';
import type { Disposable } from '../../../views/emitter';
import { l10n } from '../../../views/l10n';
import { configurationText } from '../../../views/escape';
import { processName } from '../../../views/rowText';
import { describeError } from '../../errors';
import type { Services } from '../../services';
import { configurationFor } from '../attaching/configurationFor';
import { prepareFor } from '../attaching/prepareAttach';
import { debuggerOf } from '../debuggers';
import type { Debugger } from '../debuggers/debugger';
import { childConfiguration } from './childConfiguration';
import { makeReady } from './debugFound';
import { parseNextPattern } from './nextPattern';
import type { Found, Wait } from './nextProcesses';
import { notFollowedText } from './nextTexts';

type Needed = Pick<
  Services,
  'host' | 'starts' | 'picks' | 'inspectors' | 'bridged' | 'messages' | 'log'
>;

/**
 * `"pidfdFollow": true` or `"pidfdFollow": "PATTERN"` in a configuration: each new descendant of what is debugged that
 * fits gets a session of its own, with the same settings, guarded as any other.
 */
export class FollowChildren implements Disposable {
  private readonly sessions = new Map<string, vscode.DebugSession>();
  private readonly waits = new Map<string, Wait>();
  /** Sessions whose children are followed, or about to be. */
  private readonly following = new Set<string>();
  private readonly parts: Disposable[];

  constructor(private readonly services: Needed) {
    this.parts = [
      vscode.debug.onDidStartDebugSession((session) => this.started(session)),
      vscode.debug.onDidTerminateDebugSession(({ id }) => this.ended(id)),
    ];
  }

  /** What that session debugs is known now. */
  debuggee(id: string, key: ProcessKey): void {
    const session = this.sessions.get(id);
    const wanted: unknown = session?.configuration['pidfdFollow'];
    if (!session || this.following.has(id) || wanted === undefined || wanted === false) return;
    this.following.add(id); // another number of the session may be told while that is asked for
    this.follow(session, key, wanted).catch((error: unknown) => this.tell(session, error));
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
    for (const id of [...this.waits.keys()]) this.ended(id);
  }

  private started(session: vscode.DebugSession): void {
    this.sessions.set(session.id, session);
    const key: unknown = session.configuration['pidfdKey'];
    if (typeof key === 'string') this.debuggee(session.id, key as ProcessKey);
  }

  private ended(id: string): void {
    this.sessions.delete(id);
    this.following.delete(id);
    void this.waits.get(id)?.end();
    this.waits.delete(id);
  }

  private async follow(
    session: vscode.DebugSession,
    under: ProcessKey,
    wanted: unknown,
  ): Promise<void> {
    const debug = requireKnown(session);
    const order = { pattern: patternOf(wanted), stop: debug.proof === 'tracer', under };
    const wait = await this.services.starts.next.watch(order);
    if (!this.sessions.has(session.id)) return wait.end();
    this.waits.set(session.id, wait);
    for (let found = await wait.next(); found; found = await wait.next()) {
      void this.attach(session, debug, found);
    }
  }

  private async attach(session: vscode.DebugSession, debug: Debugger, found: Found): Promise<void> {
    try {
      this.services.picks.add(found.row);
      await makeReady(this.services, found, debug);
      const configuration = await this.childConfiguration(session, debug, found);
      await vscode.debug.startDebugging(session.workspaceFolder, configuration);
    } catch (error) {
      this.tell(session, error);
    } finally {
      await found.letGo();
    }
  }

  private async childConfiguration(
    { configuration, name }: vscode.DebugSession,
    debug: Debugger,
    { row }: Found,
  ): Promise<vscode.DebugConfiguration> {
    const prepared = await prepareFor(this.services, row, debug);
    const own = await configurationFor(this.services, prepared);
    const called = `${name} · ${configurationText(processName(row))} ${row.pid}`;
    return childConfiguration(configuration, own, called);
  }

  private tell(session: vscode.DebugSession, error: unknown): void {
    const { text } = describeError(error);
    this.services.log.warn(`children of "${session.name}": ${String(error)}`);
    void this.services.messages.warn(notFollowedText(session.name, text));
  }
}

function patternOf(wanted: unknown): NextPattern {
  if (wanted === true) return { kind: 'any' };
  return parseNextPattern(typeof wanted === 'string' ? wanted : '');
}

function requireKnown({ type, configuration }: vscode.DebugSession): Debugger {
  const found = debuggerOf(type, configuration);
  if (found) return found;
  throw new Error(l10n.t('how debuggers of type "{0}" attach is not known', type));
}
