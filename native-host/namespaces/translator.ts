/**
 * Numbers of one process in several PID namespaces.
 *
 * Outward-in: NSpid of the held pidfd, no number looked up.
 * Inward-out: FROM(n) = h on the namespace; open h; IN(h) == n on the same namespace; then the process is still there.
 * NSpid alone would not prove it: the outer number may have gone to a sibling namespace's process of the same number.
 */
import { HostError } from '../hostError.js';
import type { Fd } from '../kernel/fd.js';
import { processNumbers } from '../kernel/nsfs.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { parseStatus } from '../procfs/status.js';
import type { NamespaceId, NamespaceNumber, TranslationWay } from '../protocol.js';
import { namespaceId, type PidNamespaceFds } from './pidNamespaceFds.js';

/** Each retry needs the number to change hands in the microseconds between two calls. */
const attempts = 100;

export interface TranslatorOptions {
  /** NS_GET_TGID_* work here (6.11). */
  readonly ioctls: boolean;
}

export class Translator {
  constructor(
    private readonly opener: ProcessOpener,
    /** null: no procfs. Then the kernel has to be asked, namespace by namespace. */
    private readonly root: ProcRoot | null,
    private readonly namespaces: PidNamespaceFds,
    private readonly options: TranslatorOptions,
  ) {}

  get findProof(): TranslationWay {
    return this.options.ioctls ? 'ioctl' : 'scan';
  }

  get numbersProof(): 'pidfd' | 'ioctl' {
    return this.root ? 'pidfd' : 'ioctl';
  }

  /** Our own PID namespace first, the process' own last. @throws HostError Gone */
  numbers(process: PidFd): NamespaceNumber[] {
    const nsPids = this.root ? process.numbers(this.root) : this.numbersByIoctl(process);
    if (!nsPids) throw new HostError('Gone', 'it has ended', { pid: process.pid });
    const ids = this.namespaces.idsOf(process);
    return nsPids.map((nsPid, depth) => ({ namespace: ids[depth] ?? null, nsPid }));
  }

  /** Opens who has `nsPid` in that namespace; null: nobody. @throws HostError Gone: no such namespace */
  find(id: NamespaceId, nsPid: number): PidFd | null {
    using namespace = this.namespaces.byId(id);
    return this.findIn(namespace, nsPid);
  }

  findIn(namespace: Fd, nsPid: number): PidFd | null {
    return this.options.ioctls
      ? this.findByIoctl(namespace, nsPid)
      : this.findByScan(namespaceId(namespace), nsPid);
  }

  /** By our number, and the process is still there afterwards: so the number was its own. */
  private numbersByIoctl(process: PidFd): number[] | null {
    using innermost = this.namespaces.require(process);
    const numbers = this.namespaces.eachOf(innermost, (namespace) =>
      processNumbers.into(namespace, process.pid),
    );
    const known = numbers.filter((number) => number !== null);
    return process.isReaped() || known.length < numbers.length ? null : known.reverse();
  }

  private findByIoctl(namespace: Fd, nsPid: number): PidFd | null {
    for (let attempt = 0; attempt < attempts; attempt++) {
      const pid = processNumbers.from(namespace, nsPid);
      if (pid === null) return null;
      const process = this.opener.tryNumber(pid);
      const inner = processNumbers.into(namespace, pid);
      if (process && inner === nsPid && !process.isReaped()) return process;
      process?.[Symbol.dispose]();
      // Twice the same process by another number: this one is a thread of it.
      if (inner !== null && inner !== nsPid && processNumbers.from(namespace, nsPid) === pid) {
        throw new HostError('NotAProcess', `${nsPid} is a thread there, not a process`, { pid });
      }
    }
    throw new HostError(
      'Gone',
      `number ${nsPid} changes hands too quickly in ${namespaceId(namespace)}`,
    );
  }

  /** Below 6.11. NSpid's last column is the number in the process' own namespace; that namespace is compared too. */
  private findByScan(id: NamespaceId, nsPid: number): PidFd | null {
    const { root } = this;
    if (!root) throw new HostError('Unsupported', 'neither ioctls (Linux 6.11) nor a procfs');
    for (const pid of root.pids()) {
      const status = root.tryRead(`${pid}/status`);
      const depth = status ? parseStatus(status).nsPids.indexOf(nsPid) : -1;
      const process = depth < 0 ? null : this.opener.tryNumber(pid);
      if (process && this.hasNumber(root, process, id, nsPid)) return process;
      process?.[Symbol.dispose]();
    }
    return null;
  }

  private hasNumber(root: ProcRoot, process: PidFd, id: NamespaceId, nsPid: number): boolean {
    const numbers = process.numbers(root) ?? [];
    const ids = this.namespaces.idsOf(process);
    return numbers.some((number, depth) => number === nsPid && ids[depth] === id);
  }
}
