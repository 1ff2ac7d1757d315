import type { ProcessKey } from '../../../native-host/protocol';
import type { Branch } from './branch';

const nobody: ReadonlySet<Branch> = new Set();

/** Who says whose child it is, whether that parent is known or not. */
export class Kin {
  private readonly children = new Map<ProcessKey, Set<Branch>>();

  of(parent: ProcessKey): ReadonlySet<Branch> {
    return this.children.get(parent) ?? nobody;
  }

  add(parent: ProcessKey | null, child: Branch): void {
    if (parent === null) return;
    const children = this.children.get(parent);
    if (children) children.add(child);
    else this.children.set(parent, new Set([child]));
  }

  remove(parent: ProcessKey | null, child: Branch): void {
    const children = parent === null ? undefined : this.children.get(parent);
    children?.delete(child);
    if (parent !== null && children?.size === 0) this.children.delete(parent);
  }
}
