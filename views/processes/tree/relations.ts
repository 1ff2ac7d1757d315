import type { ProcessKey } from '../../../native-host/protocol';
import type { Branch } from './branch';
import { Kin } from './kin';

/** All processes that are known, and who is whose child. */
export class Relations {
  private readonly branches = new Map<ProcessKey, Branch>();
  private readonly kin = new Kin();

  get size(): number {
    return this.branches.size;
  }

  keys(): IterableIterator<ProcessKey> {
    return this.branches.keys();
  }

  values(): IterableIterator<Branch> {
    return this.branches.values();
  }

  get(key: ProcessKey): Branch | undefined {
    return this.branches.get(key);
  }

  add(branch: Branch): void {
    this.branches.set(branch.key, branch);
    this.kin.add(branch.entry.row.parentKey, branch);
  }

  remove(branch: Branch): void {
    this.branches.delete(branch.key);
    this.kin.remove(branch.entry.row.parentKey, branch);
  }

  /** It says that it is the child of another one. */
  move(branch: Branch, to: ProcessKey | null): void {
    const from = branch.entry.row.parentKey;
    if (from === to) return;
    this.kin.remove(from, branch);
    this.kin.add(to, branch);
  }

  childrenOf(key: ProcessKey): ReadonlySet<Branch> {
    return this.kin.of(key);
  }

  parentOf({ entry: { row } }: Branch): Branch | undefined {
    return row.parentKey === null ? undefined : this.branches.get(row.parentKey);
  }

  /** Its parent where both are of one group: a child that is shown keeps that shown. */
  supportable(branch: Branch): Branch | undefined {
    const parent = this.parentOf(branch);
    return parent?.group?.key === branch.group?.key ? parent : undefined;
  }
}
