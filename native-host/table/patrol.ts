/**
 * Looks at processes in turn, each second for a moment: no news tells that one was stopped or continued. It reads little
 * and changes nothing; who looks different is read properly. So it would also find a row that were wrong.
 */
import type { LiveRows } from './liveRows.js';
import type { TableReader } from './tableReader.js';

/** At most so long: first at those that are not just asleep, then at the others. */
const restlessMs = 1;
const othersMs = 0.5;
/** Time is looked at after so many. */
const fewRows = 16;

export class Patrol {
  private readonly restless: Round;
  private readonly others: Round;

  constructor(
    private readonly rows: LiveRows,
    private readonly reader: TableReader,
  ) {
    this.restless = new Round(() => rows.restless.values());
    this.others = new Round(() => rows.numbers());
  }

  /** Numbers to be read anew. */
  walk(): number[] {
    const found: number[] = [];
    const look = (pid: number): void => {
      const row = this.rows.get(pid);
      if (!row || row.kind === 'kernelThread') return;
      if (this.reader.looksDifferent(row)) found.push(pid);
    };
    this.restless.goOn(restlessMs, look);
    this.others.goOn(othersMs, look);
    return found;
  }
}

/** Goes on where it stopped the last time. */
class Round {
  private rest: Iterator<number> | null = null;

  constructor(private readonly begin: () => Iterator<number>) {}

  /** At the end; the next time it begins anew. */
  goOn(ms: number, each: (pid: number) => void): void {
    const end = performance.now() + ms;
    this.rest ??= this.begin();
    do {
      for (let count = 0; count < fewRows; count++) {
        const next = this.rest.next();
        if (next.done) {
          this.rest = null;
          return;
        }
        each(next.value);
      }
    } while (performance.now() < end);
  }
}
