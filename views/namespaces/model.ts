import type {
  NamespaceId,
  NamespaceMember,
  NamespaceType,
  ProcessKey,
  ProcessRow,
  TableDelta,
} from '../../native-host/protocol';
import {
  ContainerElement,
  LooseElement,
  MemberElement,
  MoreElement,
  NamespaceElement,
  TypeElement,
  UnreadableElement,
  type NamespacesElement,
  type PlaceElement,
} from './elements';
import type { NamespaceStore } from '../namespaceStore';
import { orderedTypes } from './typeName';

export type Grouping = 'type' | 'container';

/** VS Code asks for each row of an open node, on screen or not: so many are enough to look at. */
export const firstMembers = 300;

/** The tree behind the Namespaces view. Lists of processes are made when somebody opens what they are in. */
export class NamespacesModel {
  private readonly rows = new Map<ProcessKey, ProcessRow>();
  private readonly elements = new Map<string, NamespacesElement>();
  private readonly unlimited = new Set<string>();
  grouping: Grouping = 'type';

  constructor(readonly store: NamespaceStore) {}

  resetRows(rows: readonly ProcessRow[]): void {
    this.rows.clear();
    for (const row of rows) this.rows.set(row.key, row);
  }

  applyRows({ added, changed, removed }: TableDelta): void {
    for (const key of removed) this.rows.delete(key);
    for (const row of [...added, ...changed]) this.rows.set(row.key, row);
  }

  /** Drops everything: nobody looks any more. */
  clear(): void {
    this.rows.clear();
    this.elements.clear();
  }

  row(key: ProcessKey): ProcessRow | undefined {
    return this.rows.get(key);
  }

  /** Whether it is still somewhere in the tree. */
  isShown(element: NamespacesElement): boolean {
    if (element.kind === 'namespace')
      return this.store.namespace(element.namespace.type, element.namespace.id) !== undefined;
    if (element.kind === 'container') return this.store.containers.has(element.container.id);
    if (element.kind !== 'member') return true;
    const member = this.store.members.get(element.key);
    return member !== undefined && this.rows.has(element.key) && this.isIn(member, element.place);
  }

  /** Lets go of rows that have left the tree. */
  prune(): void {
    for (const [id, element] of this.elements) if (!this.isShown(element)) this.elements.delete(id);
  }

  showAllOf(place: PlaceElement): void {
    this.unlimited.add(place.id);
  }

  roots(): readonly NamespacesElement[] {
    if (this.grouping === 'container') return this.containerRoots();
    return orderedTypes
      .filter((type) => this.store.ofType(type).length > 0)
      .map((type) => this.keep(new TypeElement(type)));
  }

  children(element: NamespacesElement): readonly NamespacesElement[] {
    switch (element.kind) {
      case 'type':
        return [...this.namespacesBelow(element.type, null), ...this.unreadable(element.type)];
      case 'namespace': {
        const { type, id } = element.namespace;
        return [...this.namespacesBelow(type, id), ...this.membersBelow(element)];
      }
      case 'unreadable':
      case 'container':
      case 'loose':
        return this.membersBelow(element);
      case 'member':
      case 'more':
        return [];
    }
  }

  parent(element: NamespacesElement): NamespacesElement | undefined {
    switch (element.kind) {
      case 'namespace': {
        const { type, parent } = element.namespace;
        return (parent && this.namespace(type, parent)) ?? this.keep(new TypeElement(type));
      }
      case 'unreadable':
        return this.keep(new TypeElement(element.type));
      case 'member':
      case 'more':
        return element.place;
      default:
        return undefined;
    }
  }

  namespace(type: NamespaceType, id: NamespaceId): NamespaceElement | undefined {
    const namespace = this.store.namespace(type, id);
    return namespace && this.keep(new NamespaceElement(namespace));
  }

  /** How many processes stand directly below. */
  count(place: PlaceElement): number {
    switch (place.kind) {
      case 'namespace':
        return this.store.countIn(place.namespace.type, place.namespace.id);
      case 'unreadable':
        return this.store.countIn(place.type, null);
      case 'container':
        return this.store.countInContainer(place.container.id);
      case 'loose':
        return this.store.countInContainer(null);
    }
  }

  firstRow({ first }: { readonly first: ProcessKey | null }): ProcessRow | undefined {
    return first === null ? undefined : this.rows.get(first);
  }

  private containerRoots(): readonly NamespacesElement[] {
    const containers = [...this.store.containers.values()].sort(
      (a, b) =>
        Number(a.name.engine === 'systemd') - Number(b.name.engine === 'systemd') ||
        a.name.text.localeCompare(b.name.text),
    );
    const loose = this.keep(new LooseElement());
    const roots: NamespacesElement[] = containers.map((each) =>
      this.keep(new ContainerElement(each)),
    );
    return this.count(loose) > 0 ? [...roots, loose] : roots;
  }

  private namespacesBelow(type: NamespaceType, parent: NamespaceId | null): NamespaceElement[] {
    const all = this.store.ofType(type);
    const isBelow = (own: NamespaceId | null) =>
      parent === null ? own === null || !this.store.namespace(type, own) : own === parent;
    return all
      .filter((each) => isBelow(each.parent))
      .sort((a, b) => Number(b.isOurs) - Number(a.isOurs) || Number(a.id) - Number(b.id))
      .map((each) => this.keep(new NamespaceElement(each)));
  }

  private unreadable(type: NamespaceType): readonly NamespacesElement[] {
    const element = this.keep(new UnreadableElement(type));
    return this.count(element) > 0 ? [element] : [];
  }

  private membersBelow(place: PlaceElement): readonly NamespacesElement[] {
    const all = this.membersOf(place)
      .flatMap((member) => this.rows.get(member.key) ?? [])
      .sort((a, b) => (a.startedAt ?? 0) - (b.startedAt ?? 0) || a.pid - b.pid);
    const shown = this.unlimited.has(place.id) ? all : all.slice(0, firstMembers);
    const elements = shown.map((row) => this.member(row, place));
    const hidden = all.length - shown.length;
    return hidden > 0 ? [...elements, this.more(place, hidden)] : elements;
  }

  private membersOf(place: PlaceElement): readonly NamespaceMember[] {
    return [...this.store.members.values()].filter((member) => this.isIn(member, place));
  }

  private isIn(member: NamespaceMember, place: PlaceElement): boolean {
    switch (place.kind) {
      case 'namespace': {
        const { type, id } = place.namespace;
        return this.store.namespaceOf(member, type) === id;
      }
      case 'unreadable':
        return this.store.namespaceOf(member, place.type) === null;
      case 'container':
        return member.container === place.container.id;
      case 'loose':
        return member.container === null;
    }
  }

  private member(row: ProcessRow, place: PlaceElement): MemberElement {
    const member = this.store.members.get(row.key);
    if (!member) throw new Error(`no member ${row.key}`);
    const element = this.keep(new MemberElement(row, member, place));
    element.row = row;
    element.member = member;
    return element;
  }

  private more(place: PlaceElement, hidden: number): MoreElement {
    const element = this.keep(new MoreElement(place, hidden));
    element.hidden = hidden;
    return element;
  }

  /** VS Code knows rows by their object: the same one for as long as the view is looked at. */
  private keep<E extends NamespacesElement>(fresh: E): E {
    const kept = this.elements.get(fresh.id) as E | undefined;
    if (!kept) {
      this.elements.set(fresh.id, fresh);
      return fresh;
    }
    if (kept instanceof NamespaceElement && fresh instanceof NamespaceElement)
      kept.namespace = fresh.namespace;
    if (kept instanceof ContainerElement && fresh instanceof ContainerElement)
      kept.container = fresh.container;
    return kept;
  }
}
