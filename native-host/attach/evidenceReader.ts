import { HostError } from '../hostError.js';
import { ownerOf } from '../kernel/files.js';
import { isPtraceCallable } from '../kernel/ptrace.js';
import type { Ancestry } from '../process/ancestry.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import { orNull, type ProcRoot } from '../procfs/procRoot.js';
import { parseStat } from '../procfs/stat.js';
import { hasEnded } from '../procfs/status.js';
import type { AttachPreflight } from '../protocol.js';
import { askKernel } from './askKernel.js';
import { parseCredentials } from './credentials.js';
import type { Credentials, Evidence } from './evidence.js';
import type { Tracing } from './tracing.js';

type Read = Omit<Evidence, 'answer' | 'traced' | 'ended' | 'ours' | 'yamaScope' | 'ptraceCallable'>;

/** Everything that the kernel would look at before it lets a debugger in, as far as it can be read. */
export class EvidenceReader {
  /** Filters over us stay for good: asked once, of ourselves. */
  private readonly mayGetfd: boolean;
  private readonly ptraceCallable = isPtraceCallable();

  constructor(
    private readonly root: ProcRoot,
    private readonly ancestry: Ancestry,
    private readonly tracing: Tracing,
    opener: ProcessOpener,
  ) {
    using self = opener.tier === 'none' ? null : opener.byNumber(process.pid);
    this.mayGetfd = self?.mayTrace() === true;
  }

  /** @throws HostError Gone */
  async read(held: PidFd): Promise<Evidence & Pick<AttachPreflight, 'asked'>> {
    const traced = await this.traced(held);
    const read = held.whileAlive((pid) => this.readBound(pid));
    if (!read) throw new HostError('Gone', 'it has ended', { pid: held.pid });
    return {
      ...read,
      ...askKernel(held, this.root, this.mayGetfd),
      ended: held.hasExited(),
      traced,
      ours: this.ours(),
      yamaScope: this.yamaScope(),
      ptraceCallable: this.ptraceCallable,
    };
  }

  private async traced(held: PidFd): Promise<Evidence['traced']> {
    const tid = this.tracing.threadOn(held);
    if (tid === 0) return null;
    const tracer = await this.tracing.tracerOf(held);
    return this.tracing.threadOn(held) === tid ? { kind: 'traced', tid, tracer } : null;
  }

  private readBound(pid: number): Read {
    const bytes = this.root.tryRead(`${pid}/stat`);
    const stat = bytes && parseStat(bytes);
    const target = this.credentials(String(pid));
    return {
      kernelThread: stat?.kernelThread ?? false,
      firstThreadEnded: this.firstThreadEnded(pid),
      target,
      dumpable: target && this.isDumpable(pid, target),
      sharesUserNamespace: this.sharesUserNamespace(pid),
      descends: this.ancestry.descendsFrom(pid, process.pid),
      label: this.label(pid),
    };
  }

  /** The letter of /proc/PID/status is the first thread's. Whether all have ended, the pidfd says. */
  private firstThreadEnded(pid: number): boolean {
    const status = this.root.tryRead(`${pid}/status`)?.toString('latin1') ?? '';
    return hasEnded(status);
  }

  private credentials(who: string): Credentials | null {
    const bytes = this.root.tryRead(`${who}/status`);
    return bytes && parseCredentials(bytes.toString('latin1'));
  }

  /** @throws HostError Internal: no status of ourselves */
  private ours(): Credentials {
    const ours = this.credentials('self');
    if (ours) return ours;
    throw new HostError('Internal', 'our own credentials cannot be read');
  }

  /** Files of one that is not dumpable belong to root. Those of root's processes always do: that tells nothing. */
  private isDumpable(pid: number, { uids: [, effective] }: Credentials): boolean | null {
    if (effective === 0) return null;
    return orNull(() => ownerOf(`${pid}/status`, this.root.directory) === effective);
  }

  /** The link needs permission; whose numbers map otherwise than ours is in another one for sure. */
  private sharesUserNamespace(pid: number): boolean | null {
    const [link, ours] = [pid, 'self'].map((who) => this.root.tryLink(`${who}/ns/user`));
    if (link && ours) return link === ours;
    const [map, ourMap] = [pid, 'self'].map((who) => this.uidMap(who));
    return map && ourMap && map !== ourMap ? false : null;
  }

  private uidMap(who: number | string): string | null {
    return this.root.tryRead(`${who}/uid_map`)?.toString('latin1') ?? null;
  }

  private yamaScope(): number | null {
    const text = this.root.tryRead('sys/kernel/yama/ptrace_scope')?.toString('latin1').trim();
    return text && /^\d+$/.test(text) ? Number(text) : null;
  }

  private label(pid: number): string | null {
    const text = this.root.tryRead(`${pid}/attr/current`)?.toString('latin1');
    return text?.replace(/[\0\n]+$/, '') || null;
  }
}
