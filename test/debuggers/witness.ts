import { readFileSync } from 'node:fs';
import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';

/**
 * How often it has gone to sleep; undefined while it is awake. Reading `syscall` waits for who is about to sleep: its
 * state says so a moment before the kernel has counted it (wait_task_inactive in lib/syscall.c).
 */
function sleeps(pid: number): number | undefined {
  const isAsleep = /^\d/.test(readFileSync(`/proc/${pid}/syscall`, 'latin1'));
  const times = Number(procfs.status(pid, 'voluntary_ctxt_switches')?.[0]);
  return isAsleep ? times : undefined;
}

/**
 * Sees whether a process that sleeps was touched: whatever a debugger does to it, and every signal, wakes it, and it goes
 * back to sleep. The kernel counts that, so nothing is missed between two looks.
 */
export class Witness {
  private constructor(
    private readonly pid: number,
    private readonly before: number,
  ) {}

  /** Of a process that waits for us, and for nobody else. */
  static async of(pid: number): Promise<Witness> {
    return new Witness(pid, await eventually('it sleeps', () => sleeps(pid)));
  }

  async isTouched(): Promise<boolean> {
    const now = await eventually('it sleeps again', () => sleeps(this.pid), 10_000);
    return now !== this.before;
  }

  get isTraced(): boolean {
    return procfs.status(this.pid, 'TracerPid')?.[0] !== '0';
  }
}
