/**
 * Exit statuses from the proc connector, for kernels that keep none for strangers (below 6.15). Runs only while some
 * process is watched: it wakes us for every process of the machine.
 */
import type { ProcConnector } from '../kernel/procConnector.js';
import type { ProcEvent } from '../kernel/procEvents.js';
import type { ProcessKey } from '../protocol.js';
import { decodeWaitStatus, type Ending } from './exitStatus.js';
import type { PidFd } from './pidFd.js';

/** A ProcConnector, or what a test plays. */
export type News = Pick<ProcConnector, 'drain' | typeof Symbol.dispose>;

type Watched = Pick<PidFd, 'pid' | 'key' | 'isReaped'>;

/** News names a number. It is about the process that is watched until that number is announced as another's birth. */
interface Exit {
  /** One for each token. */
  readonly holders: Set<Watched>;
  code: number | null;
  /** No other thread was seen to end later with another code, and no news was dropped since. */
  believed: boolean;
  /** The number is somebody else's by now, or may be: no further news counts. */
  sealed: boolean;
}

export class ExitNews {
  private connector: News | null = null;
  private readonly exits = new Map<ProcessKey, Exit>();
  /** Several have one number where the first was reaped and is still held. */
  private readonly byNumber = new Map<number, Set<Exit>>();

  constructor(private readonly connect: (onEvent: (event: ProcEvent) => void) => News) {}

  /** @throws SysError where the news cannot be had */
  watch(process: Watched): void {
    this.connector ??= this.connect((event) => this.onEvent(event));
    this.connector.drain(); // births of before are its own, or older
    const exit = this.exits.get(process.key) ?? this.add(process);
    exit.holders.add(process);
  }

  /** Some time after all threads are dead: news of each is queued just after. null: not known for sure. */
  ending({ key }: Watched): Ending | null {
    this.connector?.drain();
    const exit = this.exits.get(key);
    if (!exit?.believed || exit.code === null) return null;
    return { status: decodeWaitStatus(exit.code, null), source: 'connector' };
  }

  unwatch(process: Watched): void {
    const exit = this.exits.get(process.key);
    exit?.holders.delete(process);
    if (exit?.holders.size === 0) this.remove(process, exit);
    if (this.exits.size > 0) return;
    this.connector?.[Symbol.dispose]();
    this.connector = null;
  }

  /** Asked now that we listen: not reaped, so the number is its own until another birth is told. */
  private add(process: Watched): Exit {
    const sealed = process.isReaped();
    const exit: Exit = { holders: new Set(), code: null, believed: false, sealed };
    this.exits.set(process.key, exit);
    this.byNumber.set(process.pid, (this.byNumber.get(process.pid) ?? new Set()).add(exit));
    return exit;
  }

  private remove({ pid, key }: Watched, exit: Exit): void {
    this.exits.delete(key);
    const others = this.byNumber.get(pid);
    others?.delete(exit);
    if (others?.size === 0) this.byNumber.delete(pid);
  }

  private onEvent(event: ProcEvent): void {
    if (event.kind === 'lost') for (const exit of this.exits.values()) distrust(exit);
    if (event.kind === 'fork') {
      for (const exit of this.byNumber.get(event.childPid) ?? []) exit.sealed = true;
    }
    if (event.kind !== 'exit') return;
    for (const exit of this.byNumber.get(event.pid) ?? []) take(exit, event);
  }
}

/** A birth may have been dropped. Whoever is not reaped now has had the number all the time. */
function distrust(exit: Exit): void {
  exit.believed = false;
  exit.sealed ||= exit.code !== null || [...exit.holders].every((holder) => holder.isReaped());
}

function take(exit: Exit, { thread, pid, exitCode }: ProcEvent & { kind: 'exit' }): void {
  if (exit.sealed) return;
  if (thread === pid) [exit.code, exit.believed] = [exitCode, true];
  // A first thread that left early reports its own 0; what ends the process is told by the others.
  else if (exit.code !== null && exit.code !== exitCode) exit.believed = false;
}
