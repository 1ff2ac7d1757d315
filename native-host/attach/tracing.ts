import type { Ancestry } from '../process/ancestry.js';
import { HostError } from '../hostError.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { fieldNumbers, parseStatus } from '../procfs/status.js';
import type { AttachProof, ProcessRow, TracedProcess, Tracer } from '../protocol.js';
import type { RowReader } from '../table/rowReader.js';

export interface TracingParts {
  readonly root: ProcRoot;
  readonly opener: ProcessOpener;
  readonly rows: RowReader;
  readonly ancestry: Ancestry;
}

/** So many statuses are read before others get their turn. */
const readsATurn = 200;

/**
 * Who debugs whom, by `TracerPid` of /proc/PID/status: the thread that traces, by its number in our PID namespace. It is
 * 0 also where the tracer has none here. While a process is traced its number is not given out again, as its zombie is
 * kept for the tracer: one look after an attach lasts as long as that.
 */
export class Tracing {
  constructor(private readonly parts: TracingParts) {}

  /** @throws HostError Gone */
  async proof(process: PidFd): Promise<AttachProof> {
    const tracer = await this.tracerOf(process);
    const hasExited = process.hasExited();
    if (process.isReaped()) throw new HostError('Gone', 'it has ended', { pid: process.pid });
    return { hasExited, tracer };
  }

  /** Everybody who is traced now, as far as we may see. */
  async all(): Promise<TracedProcess[]> {
    const traced: TracedProcess[] = [];
    let reads = 0;
    for (const pid of this.parts.root.pids()) {
      if (++reads % readsATurn === 0) await new Promise((resolve) => setImmediate(resolve));
      const found = this.tracerThread(pid) === 0 ? null : await this.traced(pid);
      if (found) traced.push(found);
    }
    return traced;
  }

  private async traced(pid: number): Promise<TracedProcess | null> {
    using process = this.parts.opener.tryNumber(pid);
    const tracer = process && (await this.tracerOf(process));
    const row = tracer && (await this.parts.rows.readOpened(process));
    return row && { row, tracer };
  }

  /** The thread that traces it, by its number in our PID namespace; 0: none, or none that has one here. */
  threadOn(process: PidFd): number {
    return process.whileAlive((pid) => this.tracerThread(pid)) ?? 0;
  }

  /** null: nobody, or nobody in sight. */
  async tracerOf(process: PidFd): Promise<Tracer | null> {
    const thread = this.threadOn(process);
    const row = thread === 0 ? null : await this.processOf(thread);
    // Asked again: while it traces, that number is the tracer's own.
    if (!row || this.threadOn(process) !== thread) return null;
    return { row, isOurs: this.parts.ancestry.descendsFrom(row.pid, ourClient()) };
  }

  /** dlv and python trace by a thread that is not their first. */
  private async processOf(thread: number): Promise<ProcessRow | null> {
    const bytes = this.parts.root.tryRead(`${thread}/status`);
    const { tgid } = bytes ? parseStatus(bytes) : { tgid: 0 };
    return tgid === 0 ? null : await this.parts.rows.read(tgid);
  }

  private tracerThread(pid: number): number {
    const bytes = this.parts.root.tryRead(`${pid}/status`);
    return bytes ? (fieldNumbers(bytes.toString('latin1'), 'TracerPid')[0] ?? 0) : 0;
  }
}

/** The extension host, which started us and starts debug adapters. */
const ourClient = () => process.ppid;
