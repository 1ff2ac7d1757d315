/**
 * Numbers of one process in several PID namespaces.
 *
 * Outward-in: NSpid of the held pidfd, no number looked up.
 * Inward-out: FROM(n) = h on the namespace; open h; IN(h) == n on the same namespace; then the process is still there.
 * NSpid alone would not prove it: the outer number may have gone to a sibling namespace's process of the same number.
 */
import { HostError } from '../hostError.js';
import type { Fd } from '../kernel/fd.js';
import { keepIf } from '../kernel/keepIf.js';
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
  /** procfs hides nobody: who is not found is not there. */
  readonly showsAll: boolean;
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

  /** Opens who has `nsPid` in that namespace; null: nobody. @throws HostError Gone: no such namespace; Denied: unproven */
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
      const hasIt = (process: PidFd) =>
        processNumbers.into(namespace, pid) === nsPid && !process.isReaped();
      const process = keepIf(this.opener.tryNumber(pid), hasIt);
      if (process) return process;
      if (isThread(namespace, nsPid, pid)) {
        throw new HostError('NotAProcess', `${nsPid} is a thread there, not a process`, { pid });
      }
    }
    throw new HostError(
      'Gone',
      `number ${nsPid} changes hands too quickly in ${namespaceId(namespace)}`,
    );
  }

  /**
   * Below 6.11. NSpid says which numbers each has, ns/pid in which namespaces they count.
   * @throws HostError Denied: somebody has that number where we may not look, or may be hidden
   */
  private findByScan(id: NamespaceId, nsPid: number): PidFd | null {
    const { root } = this;
    if (!root) throw new HostError('Unsupported', 'neither ioctls (Linux 6.11) nor a procfs');
    using own = this.namespaces.own();
    if (namespaceId(own) === id) return this.opener.tryNumber(nsPid);
    let isSure = this.options.showsAll;
    for (const pid of root.pids()) {
      const status = root.tryRead(`${pid}/status`);
      if (!status || !parseStatus(status).nsPids.includes(nsPid)) continue;
      const process = keepIf(this.opener.tryNumber(pid), (one) => {
        const has = this.hasNumber(root, one, id, nsPid);
        if (has === null) isSure = false;
        return has === true;
      });
      if (process) return process;
    }
    if (isSure) return null;
    throw new HostError('Denied', `who has number ${nsPid} in ${id} cannot be seen by this user`);
  }

  /** null: it has that number below ours, in a namespace that cannot be read. */
  private hasNumber(
    root: ProcRoot,
    process: PidFd,
    id: NamespaceId,
    nsPid: number,
  ): boolean | null {
    const numbers = process.numbers(root) ?? [];
    const ids = this.namespaces.idsOf(process);
    if (ids.length === 0 && numbers.slice(1).includes(nsPid)) return null;
    return numbers.some((number, depth) => number === nsPid && ids[depth] === id);
  }
}

/** The number of a thread gives its process, twice the same one by another number. */
function isThread(namespace: Fd, nsPid: number, pid: number): boolean {
  const inner = processNumbers.into(namespace, pid);
  return inner !== null && inner !== nsPid && processNumbers.from(namespace, nsPid) === pid;
}
