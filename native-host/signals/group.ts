/**
 * A signal to a process group. The kernel takes it through a pidfd of the group's leader (6.9) and delivers to all
 * members at once. Where the leader is gone, or the kernel older, the members get it one by one.
 */
import { toHostError } from '../hostError.js';
import { PIDFD_SIGNAL_PROCESS_GROUP } from '../kernel/constants.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { parseStat } from '../procfs/stat.js';
import type { GroupMember } from '../protocol.js';
import type { RowReader } from '../table/rowReader.js';

export class GroupSignals {
  constructor(
    private readonly opener: ProcessOpener,
    private readonly root: ProcRoot,
    private readonly rows: RowReader,
    private readonly supported: boolean,
  ) {}

  /** null: it has ended. 0: a group that has no number in our PID namespace, and so have all others from outside. */
  groupOf(process: PidFd): number | null {
    return process.whileAlive((pid) => this.groupByNumber(pid));
  }

  /** null: by the kernel, at once. Else what became of each member. `process` is a member and held. */
  async send(
    process: PidFd,
    group: number,
    signal: number,
    value?: number,
  ): Promise<GroupMember[] | null> {
    using leader = this.supported ? this.leader(process, group) : null;
    if (leader) {
      leader.signal(signal, PIDFD_SIGNAL_PROCESS_GROUP, value);
      return null;
    }
    return await this.sendEach(process, group, signal, value);
  }

  /** What `look` finds at each member of the group of `process`, held meanwhile. */
  async each<T>(process: PidFd, look: (member: PidFd) => Promise<T>): Promise<T[]> {
    const group = this.groupOf(process);
    if (!group) return [await look(process)]; // it has ended, or its group cannot be seen from here
    const seen: T[] = [];
    for (const pid of this.numbersIn(group)) {
      using member = this.openMember(pid, group, process);
      if (member) seen.push(await look(member));
    }
    return seen;
  }

  /** While a member lives its group's number belongs to nobody but the leader. */
  private leader(process: PidFd, group: number): PidFd | null {
    return this.openMember(group, group, process);
  }

  /** `anchor` last: it may end by the signal, and the group's number is proven only while it is in it. */
  private async sendEach(
    anchor: PidFd,
    group: number,
    signal: number,
    value: number | undefined,
  ): Promise<GroupMember[]> {
    const members: (GroupMember | null)[] = [];
    for (const pid of this.numbersIn(group)) {
      if (pid === anchor.pid) continue;
      using member = this.openMember(pid, group, anchor);
      if (member) members.push(await this.sendOne(member, signal, value));
    }
    if (this.groupOf(anchor) === group) members.push(await this.sendOne(anchor, signal, value));
    return members.filter((member) => member !== null);
  }

  /** null: it has ended. */
  private async sendOne(
    process: PidFd,
    signal: number,
    value: number | undefined,
  ): Promise<GroupMember | null> {
    const row = await this.rows.readOpened(process);
    if (!row) return null;
    try {
      process.signal(signal, 0, value);
      return { row, error: null };
    } catch (error) {
      return { row, error: toHostError(error).kind };
    }
  }

  /** Hints: each is looked at again when it is held. */
  private numbersIn(group: number): number[] {
    return this.root.pids().filter((pid) => this.groupByNumber(pid) === group);
  }

  /** null: no member any more. `anchor` is one, asked after: only then did the number mean that group until here. */
  private openMember(pid: number, group: number, anchor: PidFd): PidFd | null {
    return this.opener.tryListed(
      pid,
      (process) => this.groupOf(process) === group && this.groupOf(anchor) === group,
    );
  }

  private groupByNumber(pid: number): number | null {
    const bytes = this.root.tryRead(`${pid}/stat`);
    return (bytes && parseStat(bytes)?.group) ?? null;
  }
}
