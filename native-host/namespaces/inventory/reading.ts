/**
 * Reads what one process is in. All is read by number; then the number is opened and must have the key that the table
 * saw before. A number is not given out again before its owner is reaped, so it meant that process in between, and a
 * recycled one lends its namespaces to nobody. Opening takes a third of the time, so it is left out where nothing new
 * was found: then there is nothing to lend, and whose number it was no longer leaves by the table's news.
 */
import type { PidFd } from '../../process/pidFd.js';
import type { ProcessOpener } from '../../process/processOpener.js';
import { parseCgroup } from '../../procfs/cgroup.js';
import type { ProcRoot } from '../../procfs/procRoot.js';
import type { NamespaceSet } from '../../protocol.js';
import { NamespaceLinks, parseLinks, pidLinkOf } from './links.js';
import type { Member, Place } from './member.js';
import type { NamespaceSets } from './sets.js';

export interface HowToRead {
  readonly withCgroup: boolean;
  /** The kernel tells at once who ended. */
  readonly hearsOfEnds: boolean;
}

export class MemberReader {
  /** The native host's own. */
  readonly ourLinks: Buffer;
  readonly ours: NamespaceSet;
  private readonly links: NamespaceLinks;
  private readonly ourPidLink: Buffer;

  constructor(
    private readonly root: ProcRoot,
    private readonly opener: ProcessOpener,
  ) {
    this.links = new NamespaceLinks(root);
    this.ourLinks = Buffer.from(this.links.read('self'));
    this.ours = parseLinks(this.ourLinks);
    this.ourPidLink = pidLinkOf(this.ourLinks);
  }

  /**
   * The cgroup is another file, and a third of the time: unless it is asked for, it is read where the presumption was
   * wrong. null: it has ended, and the table will say so. @throws HostError, SysError: out of descriptors, say
   */
  read({ row, place, known }: Member, sets: NamespaceSets, how: HowToRead): Place | null {
    const { pid, key } = row;
    const seen = sets.indexOf(this.links.read(pid), place.set);
    const set = known === 'read' && hasExited(seen, sets) ? place.set : seen;
    const cgroup = how.withCgroup || set !== place.set ? this.cgroupOf(pid) : place.cgroup;
    const isAsBefore = set === place.set && cgroup === place.cgroup && this.isOurs(set, sets);
    if (isAsBefore && how.hearsOfEnds) return place;
    const process = this.opener.tryNumber(pid);
    if (!process) return null;
    try {
      if (process.key !== key) return null;
      return this.isOurs(set, sets)
        ? { cgroup, set, nsPid: null }
        : this.byNumbers(process, set, sets, cgroup);
    } finally {
      process[Symbol.dispose]();
    }
  }

  /** With one number, which is ours. */
  private isOurs(set: number | null, sets: NamespaceSets): boolean {
    return set !== null && sets.at(set).pid === this.ours.pid;
  }

  /** Needs no permission. A single number proves that its PID namespace is ours, also where no link can be read. */
  private byNumbers(
    process: PidFd,
    set: number | null,
    sets: NamespaceSets,
    cgroup: string | null,
  ): Place {
    const numbers = process.numbers(this.root) ?? [];
    const nsPid = numbers.length > 1 ? (numbers.at(-1) ?? null) : null;
    const provesOurs = numbers.length === 1 && set === null;
    return { cgroup, set: provesOurs ? sets.indexOf(this.ourPidLink, null) : set, nsPid };
  }

  private cgroupOf(pid: number): string | null {
    const bytes = this.root.tryRead(`${pid}/cgroup`);
    return bytes && parseCgroup(bytes);
  }
}

/** A zombie has left its namespaces, all but two: where it was before is worth keeping. */
function hasExited(set: number | null, sets: NamespaceSets): boolean {
  return set !== null && sets.at(set).mnt === null && sets.at(set).user !== null;
}
