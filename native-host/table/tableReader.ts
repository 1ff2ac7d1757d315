import { isInit } from '../procfs/programFacts.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { Users } from '../procfs/users.js';
import type { ProcessRow } from '../protocol.js';
import { allOf } from './allOf.js';
import { CrowdHelper } from './crowdHelper.js';
import { handled } from './handled.js';
import type { Findings } from './liveRows.js';
import { pipeline } from './pipeline.js';
import type { Hints, RowReader } from './rowReader.js';

/** Rows read at once, at most: bounds the descriptors in use, and lets other requests in between. */
const largestSlice = 64;
/** With a helper to whom the strings of so many slices may be left: as many as we come to before it has started. */
const mostSlices = 60;
/** From so many new ones on a helper is worth its start. */
const crowd = 1000;

export interface TableReaderParts {
  readonly root: ProcRoot;
  readonly reader: RowReader;
  readonly users: Users;
  readonly maxOpenFiles: number;
  /** Our own bundle, for the helper. */
  readonly script: string;
  readonly log: (message: string) => void;
}

type HintsOf = (pid: number) => Hints;

interface Presumed {
  readonly helper: CrowdHelper;
  readonly pids: readonly number[];
}

/** Reads many processes, a slice at a time. */
export class TableReader {
  private presumed: Presumed | null = null;
  private readonly slice: number;
  private readonly slicesAtOnce: number;

  constructor(private readonly parts: TableReaderParts) {
    const spare = Math.max(4, Math.floor(parts.maxOpenFiles / 8));
    this.slice = Math.min(largestSlice, spare);
    this.slicesAtOnce = Math.min(mostSlices, Math.floor(spare / this.slice));
  }

  /** All that our procfs lists. @throws SysError, HostError when out of descriptors */
  all(hintsOf: HintsOf): Promise<Findings> {
    return this.some(this.parts.root.pids(), hintsOf);
  }

  /** null for those that nobody has. @throws SysError, HostError when out of descriptors */
  async some(pids: readonly number[], hintsOf: HintsOf): Promise<Findings> {
    const helper = this.hire(pids, hintsOf);
    try {
      return await this.read(pids, hintsOf, helper);
    } catch (error) {
      if (helper) this.dismiss(helper);
      throw error;
    }
  }

  /** Each by itself, however many: nothing is presumed of them. @throws SysError, HostError when out of descriptors */
  anew(pids: readonly number[]): Promise<Findings> {
    return this.read(pids, () => ({}), null);
  }

  private async read(
    pids: readonly number[],
    hintsOf: HintsOf,
    helper: CrowdHelper | null,
  ): Promise<Findings> {
    const { reader, users } = this.parts;
    users.refresh();
    const findings = new Map<number, ProcessRow | null>();
    const bounds = { slice: this.slice, most: helper ? this.slicesAtOnce : 1 };
    await pipeline(pids, bounds, async (slice) => {
      const read = await (helper ? reader.readCrowd(slice, helper) : this.each(slice, hintsOf));
      for (const [index, pid] of slice.entries()) findings.set(pid, read[index] ?? null);
    });
    return findings;
  }

  /**
   * Of a crowd it was presumed that none is the first one of a container: to find out takes as long as all the rest, and
   * the rows need not wait for it. Those who are, to be read anew.
   */
  async wronglyPresumed(): Promise<readonly number[]> {
    if (!this.presumed) return [];
    const { helper, pids } = this.presumed;
    try {
      return (await helper.inits(pids)) ?? (await this.ownInits(pids));
    } finally {
      this.dismiss(helper);
    }
  }

  /** Without a helper. */
  private async ownInits(pids: readonly number[]): Promise<number[]> {
    const inits: number[] = [];
    await pipeline(pids, { slice: this.slice, most: 1 }, (slice) => {
      inits.push(...slice.filter((pid) => isInit(this.parts.root, pid)));
      return Promise.resolve();
    });
    return inits;
  }

  private dismiss(helper: CrowdHelper): void {
    helper[Symbol.dispose]();
    if (this.presumed?.helper === helper) this.presumed = null;
  }

  /** Who runs what he ran is read without a promise for each. */
  private each(pids: readonly number[], hintsOf: HintsOf): Promise<readonly (ProcessRow | null)[]> {
    const { reader } = this.parts;
    const rows = pids.map((pid) => {
      const hints = hintsOf(pid);
      const { previous, executed } = hints;
      const again = previous && !executed ? reader.readAgain(pid, previous) : undefined;
      return again === undefined ? handled(reader.read(pid, hints)) : again;
    });
    return allOf(rows);
  }

  /** null: some are known already, or there are few. */
  private hire(pids: readonly number[], hintsOf: HintsOf): CrowdHelper | null {
    const isNew = (pid: number) => !hintsOf(pid).previous;
    if (pids.length < crowd || !pids.every(isNew)) return null;
    const helper = this.tryHire();
    if (this.presumed) this.dismiss(this.presumed.helper);
    this.presumed = helper && { helper, pids };
    return helper;
  }

  private tryHire(): CrowdHelper | null {
    const { script, log } = this.parts;
    try {
      return new CrowdHelper(script, log);
    } catch (error) {
      log(`no help with a crowd: ${String(error)}`); // out of threads, say
      return null;
    }
  }

  /** Whether a look at the process of that row shows another state or parent, or nobody. */
  looksDifferent({ pid, state, ppid }: ProcessRow): boolean {
    const bytes = this.parts.root.tryRead(`${pid}/stat`);
    const glance = bytes && glanceAtStat(bytes);
    if (!glance || glance.ppid !== ppid) return true;
    return glance.state !== (state === '?' ? 'Z' : state);
  }
}

const [digit0, digit9] = [0x30, 0x39];

/** The two fields after the name: what a full parse costs ten times as much for. */
function glanceAtStat(bytes: Buffer): { state: string; ppid: number } | null {
  const at = bytes.lastIndexOf(0x29) + 2;
  if (at < 2) return null;
  let ppid = 0;
  for (let index = at + 2; index < bytes.length; index++) {
    const byte = bytes[index] ?? 0;
    if (byte < digit0 || byte > digit9) break;
    ppid = ppid * 10 + byte - digit0;
  }
  return { state: String.fromCharCode(bytes[at] ?? 0), ppid };
}
