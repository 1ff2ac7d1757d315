import * as vscode from 'vscode';
import { eventually } from '../support/eventually';

interface Stop {
  readonly session: vscode.DebugSession;
  readonly threadId: number;
}

interface Message {
  readonly type: string;
  readonly event?: string;
  readonly command?: string;
  readonly success?: boolean;
  readonly body?: { readonly threadId?: number; readonly output?: string };
}

const limitMs = 30_000;

/** The debug sessions of one test: what they were asked and what they said. */
export class Sessions implements AsyncDisposable {
  readonly started: vscode.DebugSession[] = [];
  readonly asked: Message[] = [];
  readonly said: Message[] = [];
  readonly failures: string[] = [];
  private readonly stops: Stop[] = [];
  private readonly live = new Set<string>();
  private readonly breakpoints: vscode.Breakpoint[] = [];
  private readonly parts = [
    vscode.debug.registerDebugAdapterTrackerFactory('*', {
      createDebugAdapterTracker: (session) => this.track(session),
    }),
    vscode.debug.onDidStartDebugSession((session) => this.started.push(session)),
    vscode.debug.onDidTerminateDebugSession(({ id }) => this.live.delete(id)),
  ];

  /** False when it was not started, whoever refused. */
  async start(configuration: vscode.DebugConfiguration): Promise<boolean> {
    const folder = vscode.workspace.workspaceFolders?.[0];
    return (await this.attempt(vscode.debug.startDebugging(folder, configuration))) ?? false;
  }

  /** As the button does, of the session that is active. */
  async restart(): Promise<void> {
    await this.attempt(vscode.commands.executeCommand('workbench.action.debug.restart'));
  }

  /** @param line from 1 */
  breakAt(file: string, line: number): void {
    const location = new vscode.Location(vscode.Uri.file(file), new vscode.Position(line - 1, 0));
    const breakpoint = new vscode.SourceBreakpoint(location);
    this.breakpoints.push(breakpoint);
    vscode.debug.addBreakpoints([breakpoint]);
  }

  async stopped(): Promise<Stop> {
    return eventually('a session stops', () => this.stops.shift(), limitMs);
  }

  /** VS Code's debugger for JavaScript has a session below the one that was started. */
  rootOf(session: vscode.DebugSession): vscode.DebugSession {
    return session.parentSession ? this.rootOf(session.parentSession) : session;
  }

  /** In the frame that a thread has stopped in. */
  async evaluate({ session, threadId }: Stop, expression: string): Promise<string> {
    const arguments_ = { threadId, startFrame: 0, levels: 1 };
    const { stackFrames } = (await session.customRequest('stackTrace', arguments_)) as {
      stackFrames: { id: number }[];
    };
    const frameId = stackFrames[0]?.id;
    const answer: unknown = await session.customRequest('evaluate', { expression, frameId });
    return (answer as { result: string }).result;
  }

  /** As a user's click on Disconnect. */
  async detach(): Promise<void> {
    vscode.debug.removeBreakpoints(this.breakpoints.splice(0));
    const roots = this.started.filter(
      ({ id, parentSession }) => this.live.has(id) && !parentSession,
    );
    for (const session of roots) await vscode.debug.stopDebugging(session);
    await this.allOver();
  }

  /** After a Restart: whether it is attached again, or over. */
  async restarted(): Promise<boolean> {
    const attaches = () =>
      this.said.filter(({ type, command }) => type === 'response' && command === 'attach');
    const settled = () => attaches().length > 1 || this.live.size === 0;
    await eventually('it has restarted, or is over', settled, limitMs);
    return attaches()[1]?.success === true;
  }

  async allOver(withinMs = limitMs): Promise<void> {
    await eventually('all sessions are over', () => this.live.size === 0, withinMs);
  }

  /** What is left to be done after a failure must not hide it. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.detach().catch((error: unknown) => console.error(error));
    for (const part of this.parts) part.dispose();
  }

  /** A debugger's failure is told in a dialog, which VS Code does not show while it is tested. */
  private async attempt<T>(work: PromiseLike<T>): Promise<T | undefined> {
    try {
      return await work;
    } catch (error) {
      this.failures.push(String(error));
      return undefined;
    }
  }

  private track(session: vscode.DebugSession): vscode.DebugAdapterTracker {
    this.live.add(session.id);
    return {
      onWillReceiveMessage: (message: Message) => void this.asked.push(message),
      onDidSendMessage: (message: Message) => {
        this.said.push(message);
        const { threadId } = message.body ?? {};
        if (message.event === 'stopped' && threadId !== undefined)
          this.stops.push({ session, threadId });
      },
      // One that never began has no end that is told.
      onWillStopSession: () =>
        void (this.started.includes(session) || this.live.delete(session.id)),
    };
  }
}
