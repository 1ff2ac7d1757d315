import type { ProcessKey } from '../../../native-host/protocol';
import type { NodeKey } from './branch';
import type { Forest } from './forest';
import type { Refresh, Given } from './refreshPlan';

/** Of one parent, at first and with each click for more: a list of thousands takes VS Code half a second to lay out. */
const step = 1000;

/** What VS Code has asked for so far: the rest need not be told when it changes. */
export class GivenRows implements Given {
  private readonly fetched = new Set<NodeKey | null>();
  private readonly collapsed = new Set<NodeKey>();
  private readonly limits = new Map<NodeKey | null, number>();

  fetch(parent: NodeKey | null): void {
    this.fetched.add(parent);
  }

  hasFetched(parent: NodeKey | null): boolean {
    return this.fetched.has(parent);
  }

  setCollapsed(key: NodeKey, collapsed: boolean): void {
    if (collapsed) this.collapsed.add(key);
    else this.collapsed.delete(key);
  }

  expandAll(): void {
    this.collapsed.clear();
  }

  limitOf(parent: NodeKey | null): number {
    return this.limits.get(parent) ?? step;
  }

  raiseLimit(parent: NodeKey | null, index = this.limitOf(parent)): void {
    this.limits.set(parent, Math.ceil((index + 1) / step) * step);
  }

  /** VS Code drops what it has below these rows, and asks again where they are open. */
  note(refresh: Refresh): void {
    if (refresh === 'nothing') return;
    if (refresh === 'all') this.fetched.clear();
    else for (const row of refresh) if (typeof row === 'string') this.fetched.delete(row);
  }

  forget(key: NodeKey): void {
    this.fetched.delete(key);
    this.collapsed.delete(key);
    this.limits.delete(key);
  }

  isOpen(key: NodeKey | null): boolean {
    return this.fetched.has(key) && (key === null || !this.collapsed.has(key));
  }

  /** Processes below open rows, from the top down, at most so many: VS Code does not tell which are on screen. */
  open(forest: Forest, most: number, from: NodeKey | null = null): readonly ProcessKey[] {
    const found: ProcessKey[] = [];
    const waiting = this.openChildren(forest, most, from);
    for (let key = waiting.pop(); key !== undefined && found.length < most; key = waiting.pop()) {
      const branch = forest.branch(key);
      if (branch?.isLiving) found.push(branch.key);
      waiting.push(...this.openChildren(forest, most, key));
    }
    return found;
  }

  /** The last one first. */
  private openChildren(forest: Forest, most: number, parent: NodeKey | null): NodeKey[] {
    if (!this.isOpen(parent)) return [];
    const count = Math.min(this.limitOf(parent), most);
    return [...(parent === null ? forest.roots(count) : forest.below(parent, count))].reverse();
  }
}
