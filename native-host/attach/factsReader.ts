import type { PidFd } from '../process/pidFd.js';
import { orNull, type ProcRoot } from '../procfs/procRoot.js';
import { variableIn } from '../procfs/environ.js';
import { readExe } from '../procfs/exe.js';
import type { SlowReads } from '../procfs/slowReads.js';
import { parseSignalMasks } from '../procfs/status.js';
import type { AttachFacts, Known, ProcessRow } from '../protocol.js';
import { inMask, SIGUSR1 } from '../signals/signalTable.js';
import { known } from '../procfs/known.js';
import type { Runtimes } from './runtimes.js';

/** What the kernel allows with a stack of 8 MiB, as usual: a quarter of it (execve(2)). */
const environLimit = 2 * 1024 * 1024;
const types = ['pid', 'mnt', 'net', 'user'] as const;

/** What builds and mends a debugger's configuration. The caller asks whether the process is alive afterwards. */
export class FactsReader {
  constructor(
    private readonly root: ProcRoot,
    private readonly slow: SlowReads,
    private readonly runtimes: Runtimes,
  ) {}

  async read(process: PidFd, row: ProcessRow): Promise<Omit<AttachFacts, 'gdb'>> {
    const exe = known(() => readExe(this.root, process.pid));
    return {
      exe: 'value' in exe ? { value: exe.value.path } : exe,
      exeDeleted: 'value' in exe && exe.value.deleted,
      numbers: this.numbers(process),
      shares: this.shares(process.pid),
      catchesSigusr1: this.catchesSigusr1(process.pid),
      stopped: row.state === 'T',
      nodeOptions: await this.nodeOptions(process, row),
    };
  }

  /** Nothing else of the environment leaves this function, and nothing at all of other programs'. */
  private async nodeOptions(process: PidFd, row: ProcessRow): Promise<string | null> {
    if (row.kind !== 'node' && this.catchesSigusr1(process.pid) === false) return null; // a Node does
    if ((await this.runtimes.of(process, row.comm)) !== 'node') return null;
    const open = () => this.root.tryOpen(`${process.pid}/environ`);
    const bytes = await this.slow.read(open, environLimit);
    return bytes && variableIn(bytes, 'NODE_OPTIONS', environLimit);
  }

  private numbers(process: PidFd): Known<readonly number[]> {
    const numbers = known(() => process.numbers(this.root));
    if (!('value' in numbers)) return numbers;
    return numbers.value ? { value: numbers.value } : { unknown: 'gone' };
  }

  private shares(pid: number): AttachFacts['shares'] {
    const shares = types.map((type) => [type, this.isShared(pid, type)] as const);
    return Object.fromEntries(shares) as AttachFacts['shares'];
  }

  private isShared(pid: number, type: (typeof types)[number]): boolean | null {
    const [link, ours] = [pid, 'self'].map((who) => this.root.tryLink(`${who}/ns/${type}`));
    return link && ours ? link === ours : null;
  }

  /** Dispositions are the process': any thread's status says them. */
  private catchesSigusr1(pid: number): boolean | null {
    const bytes = orNull(() => this.root.read(`${pid}/status`));
    const masks = bytes && parseSignalMasks(bytes);
    return masks && inMask(masks.caught, SIGUSR1);
  }
}
