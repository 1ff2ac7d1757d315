import { randomUUID } from 'node:crypto';
import type { ProcessKey, ProcessRow, TargetToken } from '../../native-host/protocol';
import type { Disposable } from '../../views/emitter';
import { isKind } from '../../views/errorData';
import type { HostApi } from '../../views/hostApi';
import { InsideNumbers } from './insideNumbers';

const most = 64;

interface Pick {
  /** As it was when it was picked last: a process may run another program since. */
  row: ProcessRow;
  readonly token: TargetToken;
  ended: boolean;
  /** Asked for, not yet answered: a request that waits for the native host to start must not be made twice. */
  asked: boolean;
  /** Settles when it is held, or found to have ended, or cannot be held for now. */
  tried: Promise<void>;
}

/**
 * Which process a decimal number means: the one that was picked by it, until the number is picked again. Each is held,
 * so that its end is known: the number then still means the one that has ended, and never its successor.
 */
export class Picks implements Disposable {
  /** Oldest first; one for each number. */
  private readonly picks = new Map<number, Pick>();
  /** Numbers of other PID namespaces. */
  readonly inside = new InsideNumbers();
  private readonly parts: Disposable[];

  constructor(
    private readonly host: HostApi,
    private readonly log: (line: string) => void,
  ) {
    this.parts = [
      host.onNotification('target/exited', ({ token }) => this.ended(token)),
      host.onNotification('target/reaped', ({ token }) => this.ended(token)),
      host.onDidChangeState(({ kind }) => kind === 'ready' && this.holdAgain()),
    ];
  }

  /** From now on its number means this process. Holding it takes a moment, which nobody need wait for. */
  add(row: ProcessRow): void {
    this.inside.take(row.pid);
    const before = this.picks.get(row.pid);
    if (before?.row.key === row.key && !before.ended) {
      before.row = row;
      this.picks.delete(row.pid); // to be the newest again
      this.picks.set(row.pid, before);
      return;
    }
    this.forget(row.pid);
    const tried = Promise.resolve();
    const pick: Pick = { row, token: newToken(), ended: false, asked: false, tried };
    pick.tried = this.hold(pick);
    this.picks.set(row.pid, pick);
    for (const [pid] of this.picks) if (this.picks.size > most) this.forget(pid);
  }

  /** Who was picked by this number, whether it still runs or not. */
  of(pid: number): ProcessRow | undefined {
    return this.picks.get(pid)?.row;
  }

  /** It is known to have ended, as far as that has been told: dead, or collected already. Asks nobody. */
  hasEnded(row: ProcessRow): boolean {
    return this.pickOf(row.key)?.ended ?? false;
  }

  /** The same, once it is held or was found to have ended. */
  async hasEndedNow(row: ProcessRow): Promise<boolean> {
    await this.pickOf(row.key)?.tried;
    return this.hasEnded(row);
  }

  /** Whoever needed it is done with it: the number means nobody any more. A newer pick of the number stays. */
  release(key: ProcessKey): void {
    const pick = this.pickOf(key);
    if (pick) this.forget(pick.row.pid);
  }

  dispose(): void {
    for (const part of this.parts) part.dispose();
  }

  private pickOf(key: ProcessKey): Pick | undefined {
    return [...this.picks.values()].find(({ row }) => row.key === key);
  }

  private async hold(pick: Pick): Promise<void> {
    const { token, row } = pick;
    pick.asked = true;
    try {
      await this.host.request('target/hold', { token, key: row.key });
      // Let go while the request was on its way: the release may have overtaken it.
      if (this.picks.get(row.pid) !== pick) await this.letGo(token);
    } catch (error) {
      if (isKind(error, 'Gone')) pick.ended = true;
      else this.log(`${row.key} was picked and could not be held: ${String(error)}`);
    } finally {
      pick.asked = false;
    }
  }

  /** Each native host holds what it is asked to: by key, so it is that process or nobody. */
  private holdAgain(): void {
    for (const pick of this.picks.values()) {
      if (!pick.ended && !pick.asked) pick.tried = this.hold(pick);
    }
  }

  private ended(token: TargetToken): void {
    const pick = [...this.picks.values()].find((one) => one.token === token);
    if (pick) pick.ended = true;
  }

  private forget(pid: number): void {
    const pick = this.picks.get(pid);
    if (!pick) return;
    this.picks.delete(pid);
    if (!pick.ended) void this.letGo(pick.token);
  }

  /** A host that is down holds nothing, and must not be started to let go. */
  private async letGo(token: TargetToken): Promise<void> {
    if (this.host.state.kind !== 'ready') return;
    try {
      await this.host.request('target/release', { token });
    } catch (error) {
      this.log(`a pick was not let go: ${String(error)}`);
    }
  }
}

const newToken = () => `picked-${randomUUID()}` as TargetToken;
