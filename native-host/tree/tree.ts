/**
 * The processes of a tree: the root, its descendants, and all that they create. Each is taken in by proof and held:
 * - a child, while its parent is held and was not reaped after the child's own stat named it as parent;
 * - a descendant that the kernel announced (see Lineage), when the number still means it after it was opened.
 */
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { RowReader } from '../table/rowReader.js';
import type { Lineage } from './lineage.js';
import { newMember, type TreeMember } from './treeMember.js';
import type { TreeReader } from './treeReader.js';

export interface TreeSources {
  readonly opener: ProcessOpener;
  readonly rows: RowReader;
  readonly reader: TreeReader;
  /** null where the kernel gives no news of forks. */
  readonly lineage: Lineage | null;
}

export class Tree implements Disposable {
  /** In the order of intake: parents before children. */
  readonly members: TreeMember[] = [];
  private readonly keys = new Set<string>();

  constructor(private readonly sources: TreeSources) {}

  /** Takes over `process`. False: it has ended, or is a member already. */
  async add(process: PidFd): Promise<boolean> {
    const row = this.keys.has(process.key) ? null : await this.sources.rows.readOpened(process);
    if (!row || this.keys.has(process.key)) {
      process[Symbol.dispose]();
      return false;
    }
    this.keys.add(process.key);
    this.members.push(newMember(process, row));
    this.sources.lineage?.follow(process.pid);
    return true;
  }

  /** Takes in whoever is a child of `member` now. */
  async addChildren(member: TreeMember): Promise<void> {
    for (const pid of this.sources.reader.children(member.process)) {
      const child = this.openChild(pid, member.process);
      if (child) await this.add(child);
    }
  }

  /** Takes in those whom the kernel announced and nobody's `children` shows. True: there were some. */
  async addAnnounced(): Promise<boolean> {
    const { lineage } = this.sources;
    if (!lineage) return false;
    let some = false;
    const known = new Set(this.members.map(({ process }) => process.pid));
    for (const pid of lineage.descendants()) {
      const process = known.has(pid) ? null : this.openAnnounced(pid, lineage);
      if (process && (await this.add(process))) some = true;
    }
    return some;
  }

  [Symbol.dispose](): void {
    for (const { process } of this.members) process[Symbol.dispose]();
    this.sources.lineage?.[Symbol.dispose]();
  }

  private openChild(pid: number, parent: PidFd): PidFd | null {
    const { opener, reader } = this.sources;
    const child = opener.tryNumber(pid);
    if (!child) return null;
    const stat = reader.stat(child);
    // In this order: the child named its parent, and the parent's number was still the parent's after that.
    if (stat?.ppid === parent.pid && !parent.isReaped()) return child;
    child[Symbol.dispose]();
    return null;
  }

  private openAnnounced(pid: number, lineage: Lineage): PidFd | null {
    const process = this.sources.opener.tryNumber(pid);
    if (!process) lineage.forget(pid);
    if (process && lineage.stillMeans(pid)) return process;
    process?.[Symbol.dispose]();
    return null;
  }
}
