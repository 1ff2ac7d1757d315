import type { LiveRows } from './liveRows.js';
import { hidesLayout } from './program.js';

/** More would make a scan as dear as the first one. */
const mostAtOnce = 64;

/**
 * Who may run another program by now without anybody seeing it: where we may not read the layout of another user's
 * process, only its arguments tell of an exec that keeps the name. So these are read again at each scan, in turn.
 */
export class Suspects {
  private last = 0;

  constructor(private readonly rows: LiveRows) {}

  next(): ReadonlySet<number> {
    const pids = this.all().sort((a, b) => a - b);
    const at = pids.findIndex((pid) => pid > this.last);
    const turn = at < 0 ? pids : [...pids.slice(at), ...pids.slice(0, at)];
    const chosen = turn.slice(0, mostAtOnce);
    this.last = chosen.at(-1) ?? 0;
    return new Set(chosen);
  }

  private all(): number[] {
    const found: number[] = [];
    for (const { pid, kind, state, program } of this.rows.values())
      if (hidesLayout(program) && kind !== 'kernelThread' && state !== 'Z') found.push(pid);
    return found;
  }
}
