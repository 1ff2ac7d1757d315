/**
 * The processes of a tree: the root, its descendants, and all that they create. Each is taken in by proof and held:
 * - a child, while its parent is held and was not reaped after the child's own stat named it as parent;
 * - a descendant that the kernel announced (see Lineage), when the number still means it after it was opened.
 */
import { notShown } from '../process/notShown.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { ProcessKey, ProcessRow } from '../protocol.js';
import type { RowReader } from '../table/rowReader.js';
import type { Lineage } from './lineage.js';
import { openChild } from './openChild.js';
import { newMember, type TreeMember } from './treeMember.js';
import type { TreeReader } from './treeReader.js';

export interface TreeSources {
  readonly opener: ProcessOpener;
  readonly rows: RowReader;
  readonly reader: TreeReader;
  /** null where the kernel gives no news of forks. */
  readonly lineage: Lineage | null;
  /** Rows that were read a moment ago: what cannot have changed is not read again. */
  readonly known?: ReadonlyMap<ProcessKey, ProcessRow>;
}

/** Whoever is still born after so many looks ends before it can be opened. */
const looks = 50;

export class Tree implements Disposable {
  /** In the order of intake: parents before children. */
  readonly members: TreeMember[] = [];
  /** Of several with one number the last one: the others were reaped before. */
  private readonly byNumber = new Map<number, TreeMember>();

  constructor(private readonly sources: TreeSources) {}

  /** Takes over `root`. @throws HostError Gone, Denied */
  async begin(root: PidFd): Promise<void> {
    try {
      const { lineage, reader } = this.sources;
      lineage?.begin(root.pid, reader.parents(), () => this.rootHasExited());
      // Asked after: only then was its number its own while the others named it as their parent.
      if (!reader.stat(root)) throw notShown(root);
    } catch (error) {
      root[Symbol.dispose]();
      throw error;
    }
    await this.addAll([root]);
  }

  /** Takes in the descendants that there are, generation by generation, for so long: there may be no end to them. */
  async addDescendants(limitMs: number): Promise<void> {
    const until = performance.now() + limitMs;
    for (let from = 0; from < this.members.length && performance.now() < until;) {
      const generation = this.members.slice(from);
      from = this.members.length;
      await this.addChildren(generation);
    }
  }

  /** Before it is a member it is closed where it turns out to have ended. */
  private rootHasExited(): boolean {
    return this.members[0]?.process.hasExited() ?? true;
  }

  /** Whether the root can make anything: see Lineage. */
  rootActs(acts: boolean): void {
    this.sources.lineage?.rootActs(acts);
  }

  /** Takes in whoever is a child of one of `members` now. */
  async addChildren(members: readonly TreeMember[]): Promise<void> {
    const opened: PidFd[] = [];
    try {
      for (const { process: parent, alone } of members) {
        const pids = this.sources.reader.children(parent, alone);
        opened.push(...this.openAll(pids, (pid) => openChild(this.sources, pid, parent)));
      }
    } catch (error) {
      for (const process of opened) process[Symbol.dispose]();
      throw error;
    }
    await this.addAll(opened);
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
      await this.addFollowed(lineage);
      // Some that were opened ended before they were entered: whomever these made was announced before that.
      if (lineage.takeNews() === news && look > 0) return true;
    }
    return false;
  }

  private async addFollowed(lineage: Lineage): Promise<void> {
    const births = new Map(lineage.descendants());
    const open = (pid: number) => this.openAnnounced(pid, births.get(pid) ?? -1, lineage);
    await this.addAll(this.openAll([...births.keys()], open));
  }

  /** A member that was not reaped still has its number to itself. */
  private has(pid: number): boolean {
    const member = this.byNumber.get(pid);
    return member !== undefined && !member.process.isReaped();
  }

  /** Those that are no members yet. All or, when one cannot be opened, none. */
  private openAll(pids: readonly number[], open: (pid: number) => PidFd | null): PidFd[] {
    const opened: PidFd[] = [];
    try {
      for (const pid of pids) {
        const process = this.has(pid) ? null : open(pid);
        if (process) opened.push(process);
      }
      return opened;
    } catch (error) {
      for (const process of opened) process[Symbol.dispose]();
      throw error;
    }
  }

  /** Takes over all of them. Their rows are read at once: most of that is waiting. */
  private async addAll(processes: readonly PidFd[]): Promise<void> {
    for (const { pid } of processes) this.sources.lineage?.follow(pid); // first: they may fork meanwhile
    await inOrder(
      processes.map((process) => this.read(process)),
      (row, index) => {
        const process = processes[index] as PidFd;
        if (row) this.enter(newMember(process, row));
        else process[Symbol.dispose]();
      },
    );
  }

  /** null: it has ended. @throws what made it impossible to read; it is closed then */
  private async read(process: PidFd): Promise<ProcessRow | null> {
    try {
      const known = this.sources.known?.get(process.key);
      return await this.sources.rows.readOpened(process, { previous: known });
    } catch (error) {
      process[Symbol.dispose]();
      throw error;
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

  private openAnnounced(pid: number, birth: number, lineage: Lineage): PidFd | null {
    const process = this.sources.opener.tryNumber(pid);
    if (!process) lineage.forget(pid, birth);
    if (process && lineage.stillMeans(pid)) return process;
    process?.[Symbol.dispose]();
    return null;
  }
}

/** Waits for all before it throws what the first one threw: nothing may come in after an error was told. */
async function inOrder<T>(
  all: readonly Promise<T>[],
  each: (value: T, index: number) => void,
): Promise<void> {
  const settled = await Promise.allSettled(all);
  for (const [index, one] of settled.entries()) {
    if (one.status === 'fulfilled') each(one.value, index);
  }
  const failed = settled.find((one) => one.status === 'rejected');
  if (failed) throw failed.reason;
}
