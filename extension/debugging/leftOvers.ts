import { randomUUID } from 'node:crypto';
import {
  protocolVersion,
  type ProcessKey,
  type ProcessRow,
  type TargetToken,
} from '../../native-host/protocol';
import type { Clock } from '../../views/clock';
import { Emitter, type Disposable } from '../../views/emitter';
import { isKind } from '../../views/errorData';
import type { HostApi } from '../../views/hostApi';

/** Whoever was asked to end with the session has this long to do so. */
const graceMs = 1500;
/** Start times are told to the clock tick, and the clock may be set meanwhile. */
const slackMs = 2000;

/** One debug session that launched its program, from its start to its end. */
interface Run {
  readonly token: TargetToken;
  readonly name: string;
  readonly startedAt: number;
  readonly keys: Set<ProcessKey>;
  /** Following begins before anything is asked about it. */
  following: Promise<void>;
  detached: boolean;
}

/** Whom a session debugs. */
export interface Followed {
  readonly id: string;
  readonly row: ProcessRow;
}

export interface LeftOver {
  /** Of the session, as its configuration calls it. */
  readonly name: string;
  readonly rows: readonly ProcessRow[];
}

/** Follows what debug sessions launch, and tells when some of it still runs after the end. */
export class LeftOvers implements Disposable {
  private readonly runs = new Map<string, Run>();
  private readonly listening: Disposable;
  private readonly followed = new Emitter<Followed>();
  private readonly over = new Emitter<string>();
  readonly onDidFollow = this.followed.event;
  /** Of a session, whatever it leaves. */
  readonly onDidEnd = this.over.event;

  constructor(
    private readonly host: HostApi,
    private readonly clock: Clock,
    private readonly log: (line: string) => void,
    private readonly onFound: (found: LeftOver) => void,
  ) {
    this.listening = host.onDidChangeState(({ kind }) => kind === 'ready' && this.followAgain());
  }

  started(id: string, name: string): void {
    if (this.runs.has(id)) void this.ended(id); // restarted
    const token = randomUUID() as TargetToken;
    const startedAt = this.clock.now();
    const following = Promise.resolve();
    void this.guarded(async () => {
      await this.host.request('initialize', { protocolVersion }); // it is there when the program is
    });
    this.runs.set(id, { token, name, startedAt, keys: new Set(), following, detached: false });
  }

  /**
   * A number, as the debugger told it: it counts when its process is no older than the session, and descends from this
   * VS Code. Resolves when it is followed, or cannot be.
   */
  async debuggee(id: string, pid: number): Promise<void> {
    const run = this.runs.get(id);
    if (!run) return;
    run.following = run.following.then(() => this.guarded(() => this.follow(id, run, pid)));
    await run.following;
  }

  /** It is meant to go on. */
  detached(id: string): void {
    const run = this.runs.get(id);
    if (run) run.detached = true;
  }

  async ended(id: string): Promise<void> {
    const run = this.runs.get(id);
    if (!run) return;
    this.runs.delete(id);
    this.over.fire(id);
    await run.following;
    if (run.keys.size > 0) await this.guarded(() => this.close(run));
  }

  dispose(): void {
    this.listening.dispose();
  }

  private async follow(id: string, run: Run, pid: number): Promise<void> {
    const row = await this.host.request('processes/find', { pid });
    if (row.startedAt !== null && row.startedAt < run.startedAt - slackMs) {
      return this.log(`${row.key} is older than the session "${run.name}": not followed`);
    }
    // A number that the debugger had from another PID namespace may mean a stranger here.
    await this.host.request('lineage/follow', { token: run.token, key: row.key, ours: true });
    run.keys.add(row.key);
    if (this.runs.get(id) === run) this.followed.fire({ id, row });
  }

  private async close(run: Run): Promise<void> {
    const { token } = run;
    const found = run.detached ? [] : await this.left(run);
    await this.host.request('lineage/forget', { token });
    if (found.length > 0) this.onFound({ name: run.name, rows: found });
  }

  private async left({ token }: Run): Promise<readonly ProcessRow[]> {
    const atOnce = await this.host.request('lineage/left', { token });
    if (atOnce.rows.length === 0) return [];
    await new Promise<void>((resolve) => this.clock.after(graceMs, resolve));
    return (await this.host.request('lineage/left', { token })).rows;
  }

  /** The native host that followed is gone: the next one begins with whom it finds. */
  private followAgain(): void {
    for (const { token, keys } of this.runs.values()) {
      for (const key of keys) {
        void this.guarded(
          async () => void (await this.host.request('lineage/follow', { token, key })),
        );
      }
    }
  }

  /** Nobody asked for this, so nobody is bothered with what did not work. */
  private async guarded(action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (!isKind(error, 'Gone')) this.log(`what a debug session leaves behind: ${String(error)}`);
    }
  }
}
