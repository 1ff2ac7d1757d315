/**
 * Reads what the kernel's news are about, and nothing else. News says where to look, never what to show: whatever
 * happens after a number was read brings further news. What nothing announces - a reap, a stop - is looked at again.
 */
import { areLate } from '../procfs/args.js';
import type { KeeperParts } from './keeper.js';
import type { Findings } from './liveRows.js';
import { isStorm, Newborns } from './newborns.js';
import type { News } from './processNews.js';
import { Rechecks } from './rechecks.js';
import { hidesLayout } from './program.js';
import type { Hints } from './rowReader.js';

/** News about more numbers than this, and than there are rows, cost more than reading everything. */
const leastBurst = 512;
/** So long after its fork a process that has executed nothing may have given itself another title. */
const titledAfterMs = 1000;

/** What following some news came to. Being told of what is of no interest costs, too. */
export type Effort = 'nothing' | 'some' | 'storm' | 'everything';

export class NewsFollower {
  private readonly rechecks = new Rechecks();
  private readonly newborns = new Newborns();
  /** Number -> when it was forked: until it executes something, it is taken to have its parent's strings. */
  private readonly borrowers = new Map<number, number>();
  private readonly untitled = new Set<number>();
  /** Whose arguments did not come in time. */
  private readonly late = new Set<number>();
  private disposed = false;

  constructor(private readonly parts: KeeperParts) {}

  /** @throws SysError, HostError when out of descriptors */
  async follow(told: News): Promise<Effort> {
    if (this.disposed) return 'nothing';
    const news = this.newborns.defer(told, this.parts.rows);
    if (news.lost || news.numbers.size > Math.max(leastBurst, this.parts.rows.size)) {
      await this.readAll(news);
      return 'everything';
    }
    const wanted = this.wanted(news);
    if (wanted.length > 0) {
      const findings = await this.parts.reader.some(wanted, this.hints(wanted, news));
      if (!this.disposed) this.learn(findings, news, this.parts.rows.update(findings));
    }
    if (isStorm(told)) return 'storm';
    return told.messages + told.numbers.size === 0 ? 'nothing' : 'some';
  }

  /** @throws SysError, HostError when out of descriptors */
  async readAll(told: News): Promise<void> {
    const { reader, rows } = this.parts;
    const news = this.newborns.joinTo(told);
    const findings = await reader.all(this.hints([...rows.numbers()], news));
    if (!this.disposed) this.learn(findings, news, rows.replace(findings));
  }

  /** Something happened to that process which nobody is told of. */
  expect(pid: number): void {
    this.rechecks.plan(pid, performance.now());
  }

  /** When there is something to be looked at again, without any news; null: never. */
  get nextDue(): number | null {
    return this.rechecks.nextDue;
  }

  /** To be called now and then: what could not be read is asked for again, and what may be another's is read. */
  lookBack(): void {
    for (const pid of this.late) this.rechecks.planOnce(pid, performance.now());
    this.age();
  }

  /** Who has lived on since its fork is read with strings of its own. */
  private age(): void {
    const longAgo = performance.now() - titledAfterMs;
    for (const [pid, since] of this.borrowers) {
      if (since > longAgo) return; // they are in order
      this.borrowers.delete(pid);
      this.untitled.add(pid);
      this.expect(pid);
    }
  }

  [Symbol.dispose](): void {
    this.disposed = true;
  }

  /** Nothing announces to children that they have another parent. */
  private wanted({ numbers, thinned }: News): number[] {
    const { rows } = this.parts;
    const wanted = new Set([...numbers.keys(), ...this.rechecks.take(performance.now())]);
    const ended = [...numbers].flatMap(([pid, { exited }]) => (exited ? [pid] : []));
    // When the first thread has ended long ago, the end of another one may be that of the process.
    for (const pid of thinned) if (hasLostItsFirst(rows.get(pid)?.state)) ended.push(pid);
    for (const pid of ended) {
      wanted.add(pid);
      for (const child of rows.childrenOf(pid)) wanted.add(child);
    }
    return [...wanted];
  }

  private hints(pids: readonly number[], { numbers, lost }: News): (pid: number) => Hints {
    const { rows } = this.parts;
    const untitled = new Set(pids.filter((pid) => this.untitled.delete(pid)));
    return (pid) => {
      const told = numbers.get(pid);
      const previous = rows.get(pid);
      const origin = told && told.origin !== null ? rows.get(told.origin) : undefined;
      // Where no layout can be seen, only news tells of another program.
      const unproven = lost && previous !== undefined && hidesLayout(previous.program);
      return { previous, origin, executed: told?.executed || unproven || untitled.has(pid) };
    };
  }

  private learn(
    findings: Findings,
    { numbers, thinned }: News,
    delta: ReturnType<KeeperParts['rows']['update']>,
  ): void {
    for (const [pid, { origin, executed, exited, traced }] of numbers) {
      if (exited || traced) this.expect(pid);
      if (executed || origin !== null) this.borrowers.delete(pid);
      if (!executed && origin !== null) this.borrowers.set(pid, performance.now());
    }
    for (const pid of thinned) if (findings.get(pid)) this.expect(pid);
    for (const [pid, row] of findings) {
      if (row && row.state !== 'Z' && areLate(row)) this.late.add(pid);
      else this.late.delete(pid);
      if (!row) this.forget(pid);
    }
    if (delta) this.parts.tell(delta);
  }

  private forget(pid: number): void {
    this.rechecks.forget(pid);
    this.borrowers.delete(pid);
    this.untitled.delete(pid);
  }
}

function hasLostItsFirst(state: string | undefined): boolean {
  return state === 'Z' || state === '?';
}
