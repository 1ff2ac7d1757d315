import type { NamespacesElement } from './elements';

/** What VS Code must ask for again. */
export type Redraw = readonly NamespacesElement[] | 'all' | 'nothing';

/** What the changes are found by: the tree as it is now. */
export interface Tree {
  roots(): readonly NamespacesElement[];
  children(element: NamespacesElement): readonly NamespacesElement[];
  parent(element: NamespacesElement): NamespacesElement | undefined;
  isShown(element: NamespacesElement): boolean;
  /** Everything that can be seen of its row, as one text. */
  look(element: NamespacesElement): string;
}

const sameList = <T>(one: readonly T[], other: readonly T[]) =>
  one.length === other.length && one.every((each, i) => each === other[i]);

/** Remembers what VS Code has been given, so that no more than what has changed since is drawn again. */
export class Drawn {
  private roots: readonly NamespacesElement[] | undefined;
  private readonly lists = new Map<NamespacesElement, readonly NamespacesElement[]>();
  private readonly looks = new Map<NamespacesElement, string>();

  giveRoots(roots: readonly NamespacesElement[]): void {
    this.forgetAllBut(roots, this.roots);
    this.roots = roots;
  }

  giveChildren(of: NamespacesElement, children: readonly NamespacesElement[]): void {
    this.forgetAllBut(children, this.lists.get(of));
    this.lists.set(of, children);
  }

  giveLook(element: NamespacesElement, look: string): void {
    this.looks.set(element, look);
  }

  /** It was closed: VS Code asks again for what is below it when it is opened. */
  close(element: NamespacesElement): void {
    for (const child of this.lists.get(element) ?? []) this.forget(child);
    this.lists.delete(element);
  }

  clear(): void {
    this.roots = undefined;
    this.lists.clear();
    this.looks.clear();
  }

  /** The smallest redraw that shows `tree`. */
  compare(tree: Tree): Redraw {
    if (!this.roots) return 'nothing';
    if (!sameList(this.roots, tree.roots())) return 'all';
    const changed = new Set<NamespacesElement>();
    for (const [element, list] of this.lists) {
      if (tree.isShown(element) && !sameList(list, tree.children(element))) changed.add(element);
    }
    for (const [element, look] of this.looks) {
      if (tree.isShown(element) && look !== tree.look(element)) changed.add(element);
    }
    const top = [...changed].filter((each) => !hasAncestorIn(changed, each, tree));
    return top.length === 0 ? 'nothing' : top;
  }

  private forgetAllBut(
    now: readonly NamespacesElement[],
    before: readonly NamespacesElement[] = [],
  ): void {
    const still = new Set(now);
    for (const old of before) if (!still.has(old)) this.forget(old);
  }

  private forget(element: NamespacesElement): void {
    this.close(element);
    this.looks.delete(element);
  }
}

function hasAncestorIn(
  all: ReadonlySet<NamespacesElement>,
  element: NamespacesElement,
  tree: Tree,
): boolean {
  let at = tree.parent(element);
  while (at && !all.has(at)) at = tree.parent(at);
  return at !== undefined;
}
