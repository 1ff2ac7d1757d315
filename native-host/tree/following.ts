/**
 * One process and all that descends from it, known by key while they come and go. Nobody is held: a build starts
 * thousands, and what counts is who is left when the root has long ended and others are the parents.
 */
import { HostError } from '../hostError.js';
import type { EpollLoop } from '../kernel/epollLoop.js';
import { notShown } from '../process/notShown.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { ProcessKey, ProcessRow } from '../protocol.js';
import type { RowReader } from '../table/rowReader.js';
import { byParent } from './byParent.js';
import { Lineage } from './lineage.js';
import { openChild } from './openChild.js';
import type { TreeReader } from './treeReader.js';

export interface FollowingParts {
  readonly opener: ProcessOpener;
  readonly rows: RowReader;
  readonly reader: TreeReader;
  readonly loop: EpollLoop;
  /** The kernel tells of forks here. */
  readonly connector: boolean;
  readonly log: (message: string) => void;
}

const shortestPauseMs = 1000;
/** Looking may take at most this share of the time. */
const loadFactor = 20;
/** How many are opened at once where children are looked for. */
const mostOpen = 512;

type Known = Map<number, ProcessKey>;

export class Following implements Disposable {
  private readonly lineage: Lineage | null;
  private known: Known;
  private timer: NodeJS.Timeout | null = null;
  private seenNews = 0;
  private overlooked = false;

  /** `root` stays the caller's. @throws HostError Gone, Denied */
  constructor(
    private readonly parts: FollowingParts,
    root: PidFd,
  ) {
    // null: who loses its parent between two looks is not seen, which is said.
    this.lineage = parts.connector ? Lineage.tryOpen(parts.loop) : null;
    this.known = new Map([[root.pid, root.key]]);
    try {
      this.lineage?.begin(root.pid, parts.reader.parents());
      // Asked after: only then was its number its own while the others named it as their parent.
      if (!parts.reader.stat(root)) throw notShown(root);
      this.look();
    } catch (error) {
      this.lineage?.[Symbol.dispose]();
      throw error;
    }
    this.plan(shortestPauseMs);
  }

  get mayHaveEscaped(): boolean {
    return this.lineage === null || this.lineage.mayHaveMissed || this.overlooked;
  }

  knows(key: ProcessKey): boolean {
    this.look();
    return [...this.known.values()].includes(key);
  }

  /** Who runs now. */
  async left(): Promise<ProcessRow[]> {
    this.look();
    const rows: ProcessRow[] = [];
    for (const key of this.known.values()) {
      using process = openOrNull(this.parts.opener, key);
      const row = process && (await this.parts.rows.readOpened(process));
      if (row && row.state !== 'Z' && row.state !== 'X') rows.push(row);
    }
    return rows;
  }

  [Symbol.dispose](): void {
    if (this.timer) clearTimeout(this.timer);
    this.lineage?.[Symbol.dispose]();
  }

  private plan(ms: number): void {
    this.timer = setTimeout(() => this.tick(), ms);
  }

  private tick(): void {
    const started = performance.now();
    try {
      if (this.isNews()) this.look();
    } catch (error) {
      this.parts.log(`following failed: ${String(error)}`); // out of descriptors, say: the next look tries again
    }
    this.plan(Math.max(shortestPauseMs, (performance.now() - started) * loadFactor));
  }

  private isNews(): boolean {
    return !this.lineage || this.lineage.incomplete || this.lineage.news !== this.seenNews;
  }

  private look(): void {
    this.seenNews = this.lineage?.news ?? 0;
    if (this.lineage && !this.lineage.incomplete) this.askNews(this.lineage);
    if (!this.lineage || this.lineage.incomplete) this.lookForChildren();
  }

  /** Everybody whom the kernel announced and who is still there; numbers that are nobody's are forgotten. */
  private askNews(lineage: Lineage): void {
    const found: Known = new Map();
    for (const [pid, birth] of lineage.descendants()) {
      using process = this.parts.opener.tryNumber(pid);
      if (!process) lineage.forget(pid, birth);
      else if (lineage.stillMeans(pid)) found.set(pid, process.key);
    }
    // Where news was dropped meanwhile, what was known before still counts.
    this.known = lineage.incomplete ? new Map([...this.known, ...found]) : found;
  }

  /** Whoever is a child of somebody known; who lost its parent since the last look is not found. */
  private lookForChildren(): void {
    const held = new Map<number, PidFd>();
    try {
      this.openKnown(held);
      const childrenOf = byParent(this.parts.reader.parents());
      for (const parent of held.values()) {
        for (const pid of childrenOf.get(parent.pid) ?? []) this.take(held, pid, parent);
      }
      this.known = new Map([...held].map(([pid, { key }]) => [pid, key]));
    } finally {
      for (const process of held.values()) process[Symbol.dispose]();
    }
  }

  private openKnown(held: Map<number, PidFd>): void {
    for (const [pid, key] of this.known) {
      const process = openOrNull(this.parts.opener, key);
      if (process) held.set(pid, process);
    }
  }

  private take(held: Map<number, PidFd>, pid: number, parent: PidFd): void {
    if (held.has(pid)) return; // held and known: the number is its own
    this.overlooked ||= held.size >= mostOpen;
    const child = held.size < mostOpen ? openChild(this.parts, pid, parent) : null;
    if (child) held.set(pid, child);
  }
}

function openOrNull(opener: ProcessOpener, key: ProcessKey): PidFd | null {
  try {
    return opener.byKey(key);
  } catch (error) {
    if (error instanceof HostError && error.kind === 'Gone') return null;
    throw error;
  }
}
