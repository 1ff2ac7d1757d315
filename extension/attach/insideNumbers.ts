import type { ProcessRow } from '../../native-host/protocol';

const most = 64;

/**
 * Who was given by the number that it has in its own PID namespace, for a debugger that runs there. Out here, that number
 * is another's or nobody's. Each counts for one attach: what is not used, a later pick or a typed number replaces.
 */
export class InsideNumbers {
  /** Oldest first. */
  private readonly rows = new Map<number, ProcessRow>();

  add(number: number, row: ProcessRow): void {
    this.rows.delete(number);
    this.rows.set(number, row);
    for (const [oldest] of this.rows) if (this.rows.size > most) this.rows.delete(oldest);
  }

  has(number: number): boolean {
    return this.rows.has(number);
  }

  /** From then on the number means nobody in there. */
  take(number: number): ProcessRow | undefined {
    const row = this.rows.get(number);
    this.rows.delete(number);
    return row;
  }
}
