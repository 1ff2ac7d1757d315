import type { ProcessRow } from '../../../native-host/protocol';
import type { Memory } from '../../../views/memory';

const memoryKey = 'attach.recent';
const most = 20;

/** What was debugged in this workspace, by what was run and never by number: newest first. */
export class RecentPrograms {
  constructor(private readonly memory: Memory) {}

  async note(row: ProcessRow): Promise<void> {
    const own = nameOf(row);
    const others = this.all.filter((one) => one !== own);
    await this.memory.update(memoryKey, [own, ...others].slice(0, most));
  }

  /** 0 is the newest; undefined: it was not debugged lately. */
  rank(row: ProcessRow): number | undefined {
    const rank = this.all.indexOf(nameOf(row));
    return rank < 0 ? undefined : rank;
  }

  private get all(): readonly string[] {
    const stored: unknown = this.memory.get(memoryKey);
    return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : [];
  }
}

const nameOf = ({ exe, comm, args }: ProcessRow) => JSON.stringify([exe ?? comm, ...args]);
