import type { ProcRoot } from '../procfs/procRoot.js';
import type { Users } from '../procfs/users.js';
import type { ProcessRow } from '../protocol.js';
import type { Findings } from './liveRows.js';
import type { Hints, RowReader } from './rowReader.js';

/** Rows read at once, at most: bounds the descriptors in use, and lets other requests in between. */
const largestSlice = 64;

export interface TableReaderParts {
  readonly root: ProcRoot;
  readonly reader: RowReader;
  readonly users: Users;
  readonly maxOpenFiles: number;
}

type HintsOf = (pid: number) => Hints;

/** Reads many processes, a slice at a time. */
export class TableReader {
  private readonly slice: number;

  constructor(private readonly parts: TableReaderParts) {
    this.slice = Math.min(largestSlice, Math.max(4, Math.floor(parts.maxOpenFiles / 8)));
  }

  /** All that our procfs lists. @throws SysError, HostError when out of descriptors */
  all(hintsOf: HintsOf): Promise<Findings> {
    return this.some(this.parts.root.pids(), hintsOf);
  }

  /** null for those that nobody has. @throws SysError, HostError when out of descriptors */
  async some(pids: readonly number[], hintsOf: HintsOf): Promise<Findings> {
    const { reader, users } = this.parts;
    users.refresh();
    const findings = new Map<number, ProcessRow | null>();
    for (let at = 0; at < pids.length; at += this.slice) {
      const slice = pids.slice(at, at + this.slice);
      const read = await Promise.all(slice.map((pid) => reader.read(pid, hintsOf(pid))));
      for (const [index, pid] of slice.entries()) findings.set(pid, read[index] ?? null);
    }
    return findings;
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
