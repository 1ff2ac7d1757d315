import {
  namespaceTypes,
  type Container,
  type Namespace,
  type NamespaceId,
  type NamespaceMember,
  type NamespaceNews,
  type NamespaceSet,
  type NamespaceType,
  type ProcessKey,
} from '../native-host/protocol';

const nameOf = (type: NamespaceType, id: NamespaceId) => `${type}:${id}`;

/** What the native host has told about namespaces so far. */
export class NamespaceStore {
  private readonly sets = new Map<number, NamespaceSet>();
  private setsTold = 0;
  private readonly namespaces = new Map<string, Namespace>();
  readonly containers = new Map<Container['id'], Container>();
  readonly members = new Map<ProcessKey, NamespaceMember>();
  private counted: Counted | undefined;

  reset(news: NamespaceNews): void {
    this.clear();
    this.apply(news);
  }

  clear(): void {
    this.counted = undefined;
    this.sets.clear();
    this.setsTold = 0;
    this.namespaces.clear();
    this.containers.clear();
    this.members.clear();
  }

  apply(news: NamespaceNews): void {
    this.counted = undefined;
    for (const each of news.sets) this.sets.set(this.setsTold++, each);
    for (const index of news.goneSets) this.sets.delete(index);
    for (const { type, id } of news.goneNamespaces) this.namespaces.delete(nameOf(type, id));
    for (const id of news.goneContainers) this.containers.delete(id);
    for (const key of news.goneMembers) this.members.delete(key);
    for (const each of news.namespaces) this.namespaces.set(nameOf(each.type, each.id), each);
    for (const each of news.containers) this.containers.set(each.id, each);
    for (const each of news.members) this.members.set(each.key, each);
  }

  namespace(type: NamespaceType, id: NamespaceId): Namespace | undefined {
    return this.namespaces.get(nameOf(type, id));
  }

  ofType(type: NamespaceType): readonly Namespace[] {
    return [...this.namespaces.values()].filter((each) => each.type === type);
  }

  /** null where it cannot be read. */
  namespaceOf({ set }: NamespaceMember, type: NamespaceType): NamespaceId | null {
    return set === null ? null : (this.sets.get(set)?.[type] ?? null);
  }

  /** How many processes are in a namespace; of null: how many have one of that type that cannot be read. */
  countIn(type: NamespaceType, id: NamespaceId | null): number {
    this.counted ??= this.count();
    return this.counted.namespaces.get(nameOf(type, id ?? ('' as NamespaceId))) ?? 0;
  }

  /** How many processes are in a container; of null: in none. */
  countInContainer(id: Container['id'] | null): number {
    this.counted ??= this.count();
    return this.counted.containers.get(id) ?? 0;
  }

  /** How many processes have namespaces that are presumed and not read yet. */
  get provisional(): number {
    this.counted ??= this.count();
    return this.counted.provisional;
  }

  /** Few sets serve thousands of processes: each process is looked at once, not once a type. */
  private count(): Counted {
    const sets = new Map<number | null, number>();
    const containers = new Map<Container['id'] | null, number>();
    let provisional = 0;
    for (const member of this.members.values()) {
      add(sets, member.set, 1);
      add(containers, member.container, 1);
      if (member.provisional) provisional++;
    }
    return { namespaces: this.countNamespaces(sets), containers, provisional };
  }

  private countNamespaces(sets: ReadonlyMap<number | null, number>): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const [set, count] of sets) {
      const ids = set === null ? undefined : this.sets.get(set);
      for (const type of namespaceTypes) {
        add(counts, nameOf(type, ids?.[type] ?? ('' as NamespaceId)), count);
      }
    }
    return counts;
  }
}

interface Counted {
  readonly namespaces: ReadonlyMap<string, number>;
  readonly containers: ReadonlyMap<Container['id'] | null, number>;
  readonly provisional: number;
}

function add<K>(counts: Map<K, number>, key: K, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}
