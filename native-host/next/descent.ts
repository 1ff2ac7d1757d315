import { notShown } from '../process/notShown.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessKey } from '../protocol.js';
import { Lineage } from '../tree/lineage.js';
import type { NextParts } from './nextParts.js';

/** Numbers of the dead are looked for after so many questions. */
const questionsBetweenCleanings = 1000;

/** Whether a process descends from another: by the kernel's news of forks, else by who is whose parent now. */
export class Descent implements Disposable {
  private readonly lineage: Lineage | null;
  private questions = 0;

  private constructor(
    private readonly parts: NextParts,
    private readonly root: PidFd,
  ) {
    this.lineage = parts.connector ? Lineage.tryOpen(parts.loop) : null;
  }

  /** @throws HostError Gone, Denied */
  static of(parts: NextParts, root: ProcessKey): Descent {
    const descent = new Descent(parts, parts.opener.byKey(root));
    try {
      descent.begin();
      return descent;
    } catch (error) {
      descent[Symbol.dispose]();
      throw error;
    }
  }

  private begin(): void {
    const { root, parts } = this;
    this.lineage?.begin(root.pid, parts.reader.parents());
    // Asked after: only then was its number its own while the others named it as their parent.
    if (!parts.reader.stat(root)) throw notShown(root);
  }

  /** The root itself is none of its descendants. */
  has(process: PidFd): boolean {
    if (process.pid === this.root.pid) return false;
    if (!this.lineage || this.lineage.incomplete) return this.leadsToRoot(process);
    if (++this.questions % questionsBetweenCleanings === 0) this.forgetDead(this.lineage);
    return this.lineage.stillMeans(process.pid);
  }

  [Symbol.dispose](): void {
    this.lineage?.[Symbol.dispose]();
    this.root[Symbol.dispose]();
  }

  /** Who lost a parent on the way up is not found. The root's number is its own as long as it is not reaped. */
  private leadsToRoot({ pid }: PidFd): boolean {
    const parents = this.parts.reader.parents();
    const seen = new Set<number>();
    for (let at = pid; at > 0 && !seen.has(at); at = parents.get(at) ?? 0) {
      if (at === this.root.pid) return !this.root.isReaped();
      seen.add(at);
    }
    return false;
  }

  private forgetDead(lineage: Lineage): void {
    for (const [pid, birth] of lineage.descendants()) {
      using process = this.parts.opener.tryNumber(pid);
      if (!process) lineage.forget(pid, birth);
    }
  }
}
