import * as vscode from 'vscode';
import type { ProcessKey, ProcessRow } from '../../../native-host/protocol';
import type { Disposable } from '../../../views/emitter';
import { numberIn } from '../debuggers';

/** Nobody keeps a process waiting longer for a session that does not come. */
const longestMs = 60_000;

/** Tells when a debugger has answered that it has attached, or that it cannot: whatever waits for it may go on then. */
export class AttachAnswers implements Disposable {
  private readonly waiting = new Set<{ row: ProcessRow; answered: () => void }>();
  private readonly registration = vscode.debug.registerDebugAdapterTrackerFactory('*', {
    createDebugAdapterTracker: (session) => this.track(session),
  });

  /** Resolves with the first answer about this process, or when none has come for a minute. */
  async of(row: ProcessRow): Promise<'answered' | 'none'> {
    return new Promise((resolve) => {
      const finish = (outcome: 'answered' | 'none') => {
        clearTimeout(timer);
        this.waiting.delete(one);
        resolve(outcome);
      };
      const one = { row, answered: () => finish('answered') };
      const timer = setTimeout(() => finish('none'), longestMs);
      this.waiting.add(one);
    });
  }

  /** Its debugger needs it running already to attach. True: it was kept waiting, and goes on. */
  goOn({ key }: ProcessRow): boolean {
    const ours = [...this.waiting].filter(({ row }) => row.key === key);
    for (const { answered } of ours) answered();
    return ours.length > 0;
  }

  dispose(): void {
    this.registration.dispose();
    for (const { answered } of [...this.waiting]) answered();
  }

  /** At once: a slow factory costs the session all its trackers. */
  private track({ configuration }: vscode.DebugSession): vscode.DebugAdapterTracker | undefined {
    const key = configuration['pidfdKey'] as ProcessKey | undefined;
    const pid = numberIn(configuration);
    const ours = [...this.waiting].filter(({ row }) => row.key === key || row.pid === pid);
    if (ours.length === 0) return undefined;
    const answered = () => ours.forEach((one) => one.answered());
    return {
      onDidSendMessage: (message) => isAnswer(message) && answered(),
      onWillStopSession: answered,
      onExit: answered,
    };
  }
}

function isAnswer(message: unknown): boolean {
  const { type, command } = (message ?? {}) as Record<string, unknown>;
  return type === 'response' && command === 'attach';
}
