/**
 * The processes of a tree: the root, its descendants, and all that they create. Each is taken in by proof and held:
 * - a child, while its parent is held and was not reaped after the child's own stat named it as parent;
 * - a descendant that the kernel announced (see Lineage), when the number still means it after it was opened.
 */
import { HostError } from '../hostError.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { ProcessRow } from '../protocol.js';
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

/** Whoever is still born after so many looks ends before it can be opened. */
const looks = 50;

export class Tree implements Disposable {
  /** In the order of intake: parents before children. */
  readonly members: TreeMember[] = [];
  /** Of several with one number the last one: the others were reaped before. */
  private readonly byNumber = new Map<number, TreeMember>();

  constructor(private readonly sources: TreeSources) {}

  /** Takes over `root`. @throws HostError Gone */
  async begin(root: PidFd): Promise<void> {
    try {
      const { lineage, reader } = this.sources;
      lineage?.begin(root.pid, reader.parents());
      // Asked after: only then was its number its own while the others named it as their parent.
      if (root.isReaped()) throw new HostError('Gone', 'it has ended', { pid: root.pid });
    } catch (error) {
      root[Symbol.dispose]();
      throw error;
    }
    await this.add(root);
  }

  /** Takes in whoever is a child of `member` now. */
  async addChildren(member: TreeMember): Promise<void> {
    for (const pid of this.sources.reader.children(member.process)) {
      const child = this.has(pid) ? null : this.openChild(pid, member.process);
      if (child) await this.add(child);
    }
  }

  /**
   * Takes in those whom the kernel announced and nobody's `children` shows. False: more are born all the time, faster
   * than they can be opened.
   */
  async addAnnounced(): Promise<boolean> {
    const { lineage } = this.sources;
    if (!lineage) return true;
    for (let look = 0; look < looks; look++) {
      const { news } = lineage;
      await this.addDescendants(lineage);
      if (lineage.news === news && look > 0) return true;
    }
    return false;
  }

  private async addDescendants(lineage: Lineage): Promise<void> {
    for (const [pid, birth] of lineage.descendants()) {
      const process = this.has(pid) ? null : this.openAnnounced(pid, birth, lineage);
      if (process) await this.add(process);
    }
  }

  /** A member that was not reaped still has its number to itself. */
  private has(pid: number): boolean {
    const member = this.byNumber.get(pid);
    return member !== undefined && !member.process.isReaped();
  }

  /** Takes over `process`. */
  private async add(process: PidFd): Promise<void> {
    this.sources.lineage?.follow(process.pid); // first: it may fork while its row is read
    let row: ProcessRow | null = null;
    try {
      row = await this.sources.rows.readOpened(process);
    } finally {
      if (row) this.enter(newMember(process, row));
      else process[Symbol.dispose]();
    }
  }

  private enter(member: TreeMember): void {
    this.members.push(member);
    this.byNumber.set(member.process.pid, member);
  }

  [Symbol.dispose](): void {
    for (const { process } of this.members) process[Symbol.dispose]();
    this.sources.lineage?.[Symbol.dispose]();
  }

  private openChild(pid: number, parent: PidFd): PidFd | null {
    const { opener, reader } = this.sources;
    const child = opener.tryNumber(pid);
    let isChild = false;
    try {
      // In this order: the child named its parent, and the parent's number was still the parent's after that.
      isChild = child !== null && reader.stat(child)?.ppid === parent.pid && !parent.isReaped();
    } finally {
      if (!isChild) child?.[Symbol.dispose]();
    }
    return isChild ? child : null;
  }

  private openAnnounced(pid: number, birth: number, lineage: Lineage): PidFd | null {
    const process = this.sources.opener.tryNumber(pid);
    if (!process) lineage.forget(pid, birth);
    if (process && lineage.stillMeans(pid)) return process;
    process?.[Symbol.dispose]();
    return null;
  }
}
