/**
 * Stops a tree from the top, so that nothing in it can create what we have not seen. SIGSTOP is asynchronous: a fork in
 * flight outlives it, and a vfork parent waits unstoppably for its child. So a process' children are taken in when all
 * its threads are still, and what does not become still in time is come back to.
 */
import { SysError } from '../kernel/sysError.js';
import { SIGCONT, SIGSTOP } from '../signals/signalTable.js';
import type { Guardian } from './guardian.js';
import type { Tree } from './tree.js';
import type { TreeMember } from './treeMember.js';
import type { TreeReader } from './treeReader.js';

/** How long one round waits for stillness; a fork of a large process takes tens of milliseconds. */
const roundMs = 250;
/** After so long without becoming still a process waits for its vfork child, which is frozen itself. */
const patienceMs = 2000;
/**
 * Some trees are never still: a process that forks and ends at once is gone before any signal reaches it. So long it may
 * take to hold one more than ever before; a storm of forks that something caps is held to its last one, however slowly.
 */
const progressMs = 5000;
const limitMs = 60_000;
const pollMs = 1;

export class Freezer {
  constructor(
    private readonly tree: Tree,
    private readonly reader: TreeReader,
    private readonly guardian: Guardian,
    private readonly announce: () => void,
  ) {}

  /** True: all members are still and no new one is to be found. False: cancelled, or it came to no end. */
  async freeze(isCancelled: () => boolean): Promise<boolean> {
    const patience = new Patience();
    for (const member of this.tree.members) {
      member.settled = member.ended;
      member.alone = false;
      member.since = null;
    }
    while (!isCancelled() && patience.lasts(this.held)) {
      const open = this.tree.members.filter((member) => !member.settled);
      if (open.length === 0 && !(await this.findMore())) return true;
      await this.stopAll(open, isCancelled);
      await this.settle(open);
    }
    return false;
  }

  private get held(): number {
    return this.tree.members.filter(({ stopped, ended }) => stopped && !ended).length;
  }

  /** Leaves first, root last: the children of a parent that ends first would be sent SIGHUP. */
  thaw(): void {
    try {
      this.tree.rootActs(true);
    } finally {
      for (const member of [...this.tree.members].reverse()) {
        // Not permitted: it became another user's while it was stopped. Tried again each time, and reported.
        if (member.stopped) member.stopped = tryToSend(member, SIGCONT) === 'refused';
      }
    }
  }

  /** Once everybody is still: a child that was made for a parent (CLONE_PARENT) came after that one was looked at. */
  private async findMore(): Promise<boolean> {
    const before = this.tree.members.length;
    await this.tree.addChildren(this.tree.members);
    const atRest = await this.tree.addAnnounced();
    return !atRest || this.tree.members.length > before;
  }

  private async stopAll(open: readonly TreeMember[], isCancelled: () => boolean): Promise<void> {
    const fresh = open.filter((member) => !member.stopped && this.needsStop(member));
    if (fresh.length > 0) await this.stop(fresh, isCancelled);
    // From here on: where the machine is busy the guardian may have taken longer to start than we wait for stillness.
    for (const member of open) member.since ??= performance.now();
  }

  private async stop(fresh: readonly TreeMember[], isCancelled: () => boolean): Promise<void> {
    this.announce();
    await this.guardian.guard(fresh.map(({ process }) => process.key));
    if (isCancelled()) return;
    for (const member of fresh) {
      const fate = tryToSend(member, SIGSTOP);
      member.stopped = fate === 'sent';
      if (fate === 'refused') member.outcome = 'denied';
    }
  }

  /** What somebody else stopped stays stopped afterwards: we neither stop nor continue it. */
  private needsStop(member: TreeMember): boolean {
    const state = this.reader.stat(member.process)?.state;
    return state !== undefined && !['T', 'Z', 'X'].includes(state) && member.outcome !== 'denied';
  }

  /** Takes in the children of whoever is still, or has been waited for long enough. */
  private async settle(open: readonly TreeMember[]): Promise<void> {
    const until = performance.now() + roundMs;
    let left = [...open];
    while (left.length > 0) {
      const still = left.filter((member) => this.isSettled(member));
      await this.tree.addChildren(still);
      for (const member of still) this.markSettled(member);
      left = left.filter((member) => !member.settled);
      if (performance.now() > until) break;
      if (left.length > 0) await new Promise((resolve) => setTimeout(resolve, pollMs));
    }
    // A vfork parent becomes still only when its child does: the child is found now, the parent looked at again.
    await this.tree.addChildren(left);
  }

  private markSettled(member: TreeMember): void {
    member.settled = true;
    if (member === this.tree.members[0] && member.outcome !== 'denied') this.tree.rootActs(false);
  }

  private isSettled(member: TreeMember): boolean {
    const waited = performance.now() - (member.since ?? Infinity);
    if (member.outcome === 'denied' || waited > patienceMs) return true;
    const stillness = this.reader.stillness(member.process);
    member.alone = stillness === 'alone';
    return stillness !== null;
  }
}

/** Until nothing has been gained for a while, or it has taken too long altogether. */
class Patience {
  private readonly began = performance.now();
  private gainedAt = this.began;
  private most = 0;

  lasts(held: number): boolean {
    const now = performance.now();
    if (held > this.most) [this.most, this.gainedAt] = [held, now];
    return now - this.gainedAt < progressMs && now - this.began < limitMs;
  }
}

function tryToSend(member: TreeMember, signal: number): 'sent' | 'ended' | 'refused' {
  try {
    member.process.signal(signal);
    return 'sent';
  } catch (error) {
    if (SysError.is(error, 'ESRCH')) return 'ended';
    if (SysError.is(error, 'EPERM', 'EINVAL')) return 'refused';
    throw error;
  }
}
