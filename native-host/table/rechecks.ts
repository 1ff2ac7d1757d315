/** Numbers to look at again soon, as nothing announces what is about to happen to them: a reap, a stop. */
export class Rechecks {
  private readonly planned = new Map<number, { due: number; delay: number }>();

  /** From now on after ever longer waits, some ten times in two seconds. Again: from the start. */
  plan(pid: number, now: number): void {
    this.planned.set(pid, { due: now + shortestMs, delay: shortestMs });
  }

  /** One more look at the next occasion, where none is planned. */
  planOnce(pid: number, now: number): void {
    if (!this.planned.has(pid)) this.planned.set(pid, { due: now, delay: longestMs });
  }

  /** Nobody has the number any more, or what was waited for has come. */
  forget(pid: number): void {
    this.planned.delete(pid);
  }

  /** Each is due again later, until it is forgotten or its time is over. */
  take(now: number): number[] {
    const pids: number[] = [];
    for (const [pid, { due, delay }] of this.planned) {
      if (due > now) continue;
      pids.push(pid);
      if (delay >= longestMs) this.planned.delete(pid);
      else this.planned.set(pid, { due: now + delay * 2, delay: delay * 2 });
    }
    return pids;
  }

  /** null: nothing is planned. */
  get nextDue(): number | null {
    let next: number | null = null;
    for (const { due } of this.planned.values()) if (next === null || due < next) next = due;
    return next;
  }
}

const shortestMs = 1;
const longestMs = 1024;
