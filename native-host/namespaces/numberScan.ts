/**
 * Numbers alone, below Linux 6.11: one look at all processes. NSpid lines say which numbers each has, ns/pid which
 * namespaces they count in; a number in a namespace that cannot be read proves nothing.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ProcessOpener } from '../process/processOpener.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import { parseStatus, type Status } from '../procfs/status.js';
import type { NamespaceId, TranslatedNumber } from '../protocol.js';
import type { Placed } from './namespaceRelation.js';
import type { PidNamespaceFds } from './pidNamespaceFds.js';

/** Processes looked at before other requests get their turn. */
const slice = 64;

interface Asked {
  readonly numbers: readonly number[];
  readonly threads: boolean;
}

/** NSpid of our procfs begins with our own namespace: how far a namespace is below ours is its column. */
const columnOf = ({ chain }: Placed) => chain.length - 1;

export class NumberScan {
  constructor(
    private readonly opener: ProcessOpener,
    private readonly root: ProcRoot,
    private readonly namespaces: PidNamespaceFds,
    /** procfs hides nobody: who is not found is not there. */
    private readonly showsAll: boolean,
  ) {}

  /** Other requests get their turn meanwhile: the caller keeps both namespaces open. */
  async translate(source: Placed, target: Placed, asked: Asked): Promise<TranslatedNumber[]> {
    if (!source.isBelowOurs || !target.isBelowOurs) return asked.numbers.map(() => 'unproven');
    const found = new Answers(asked.numbers);
    for (const [index, pid] of this.root.pids().entries()) {
      this.look(pid, source, target, asked, found);
      if (index % slice === slice - 1) await nextTurn();
    }
    const missing = this.showsAll ? 'noProcess' : 'unproven';
    return asked.numbers.map((number) => found.get(number) ?? missing);
  }

  private look(pid: number, source: Placed, target: Placed, asked: Asked, found: Answers): void {
    const wanted = () =>
      this.tasksOf(pid).filter(({ nsPids }) => found.wants(nsPids[columnOf(source)]));
    if (wanted().length === 0) return;
    using process = this.opener.tryNumber(pid);
    // Once more, now that it is held: the first look may have been at the number's last owner.
    const seen = process?.whileAlive(() => ({
      tasks: wanted(),
      ids: this.namespaces.idsOf(process),
    }));
    for (const { nsPids } of seen?.tasks ?? []) {
      const answer = answerFor(nsPids, seen?.ids ?? [], source, target);
      const isThread = nsPids[0] !== pid && !asked.threads;
      found.set(nsPids[columnOf(source)] ?? 0, isThread && answer !== null ? 'isThread' : answer);
    }
  }

  /** All threads where there are several, for their numbers are nobody else's either. */
  private tasksOf(pid: number): Status[] {
    const first = this.status(`${pid}/status`);
    if (!first || first.threads < 2) return first ? [first] : [];
    const paths = this.root.tryNumbers(`${pid}/task`).map((tid) => `${pid}/task/${tid}/status`);
    return paths.map((path) => this.status(path)).filter((status) => status !== null);
  }

  private status(path: string): Status | null {
    const bytes = this.root.tryRead(path);
    return bytes && parseStatus(bytes);
  }
}

/** null: that number counts in another namespace. */
function answerFor(
  nsPids: readonly number[],
  ids: readonly NamespaceId[],
  source: Placed,
  target: Placed,
): TranslatedNumber | null {
  const isInSource = isIn(source, nsPids, ids);
  if (isInSource === false) return null;
  const isInTarget = isIn(target, nsPids, ids);
  if (isInSource === null || isInTarget === null) return 'unproven';
  return isInTarget ? (nsPids[columnOf(target)] ?? 'unproven') : 'noneThere';
}

/** null: it has a number at that depth, and the namespaces cannot be read. Whatever our procfs shows is in ours. */
function isIn(
  place: Placed,
  nsPids: readonly number[],
  ids: readonly NamespaceId[],
): boolean | null {
  const column = columnOf(place);
  if (column === 0) return true;
  if (nsPids.length <= column) return false;
  return ids.length === 0 ? null : ids[column] === place.chain[0];
}

/** What is proven takes the place of what is not. */
class Answers {
  private readonly known = new Map<number, TranslatedNumber | null>();

  constructor(wanted: readonly number[]) {
    for (const number of wanted) this.known.set(number, null);
  }

  wants(number: number | undefined): boolean {
    return number !== undefined && this.known.has(number);
  }

  get(number: number): TranslatedNumber | null {
    return this.known.get(number) ?? null;
  }

  set(number: number, answer: TranslatedNumber | null): void {
    const before = this.get(number);
    if (answer !== null && (before === null || before === 'unproven'))
      this.known.set(number, answer);
  }
}
