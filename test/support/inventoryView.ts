import type {
  Container,
  Namespace,
  NamespaceMember,
  NamespaceNews,
  NamespaceSet,
  NamespaceType,
  ProcessKey,
} from '../../native-host/protocol';
import { eventually } from './eventually';
import type { HostClient } from './hostClient';

/** What a client knows after all the news so far; it is strict about what the protocol promises. */
export class InventoryView {
  /** All that were told, gone ones included. */
  readonly sets: NamespaceSet[] = [];
  readonly goneSets = new Set<number>();
  readonly namespaces = new Map<string, Namespace>();
  readonly containers = new Map<string, Container>();
  readonly members = new Map<ProcessKey, NamespaceMember>();

  /** All that came. */
  readonly news: NamespaceNews[] = [];

  private read = 0;

  private constructor(
    private readonly host: HostClient,
    readonly first: NamespaceNews,
  ) {
    this.apply(first);
  }

  static async subscribe(host: HostClient): Promise<InventoryView> {
    const since = host.received.length;
    const first = await host.request('namespaces/subscribe', null);
    const view = new InventoryView(host, first);
    const early = host.received
      .slice(since)
      .findIndex(({ method }) => method === 'namespaces/news');
    const reply = host.received.slice(since).findIndex(({ result }) => result === first);
    if (early >= 0 && early < reply) throw new Error('news before what it is relative to');
    view.read = since;
    return view;
  }

  /** Takes in what has come. */
  update(): this {
    const news = this.host.received.slice(this.read);
    this.read = this.host.received.length;
    for (const { method, params } of news) {
      if (method === 'namespaces/news') this.apply(params as NamespaceNews);
    }
    return this;
  }

  /** Waits until the news make it true. */
  until<T>(what: string, check: (view: this) => T | undefined | false, ms = 5000): Promise<T> {
    return eventually(what, () => check(this.update()), ms);
  }

  allRead(): Promise<true> {
    return this.until('all are read', ({ members }) =>
      [...members.values()].every(({ provisional }) => !provisional),
    );
  }

  member(pid: number): NamespaceMember | undefined {
    return [...this.members.values()].find(({ key }) => new RegExp(`^${pid}[:@]`).test(key));
  }

  setOf(pid: number): NamespaceSet | null {
    const index = this.member(pid)?.set ?? null;
    return index === null ? null : (this.sets[index] ?? null);
  }

  namespace(type: NamespaceType, id: string | null | undefined): Namespace | undefined {
    return this.namespaces.get(`${type}:${id ?? ''}`);
  }

  private apply(news: NamespaceNews): void {
    this.news.push(news);
    const { sets, goneNamespaces, goneContainers, goneMembers } = news;
    for (const { type, id } of goneNamespaces) this.namespaces.delete(`${type}:${id}`);
    for (const id of goneContainers) this.containers.delete(id);
    for (const key of goneMembers) this.members.delete(key);
    this.sets.push(...sets);
    for (const one of news.namespaces) this.namespaces.set(`${one.type}:${one.id}`, one);
    for (const one of news.containers) this.containers.set(one.id, one);
    for (const one of news.members) this.take(one);
    for (const index of news.goneSets) this.goneSets.add(index);
    for (const { key, set } of this.members.values())
      if (set !== null && this.goneSets.has(set)) throw new Error(`${key} is in set ${set}: gone`);
  }

  private take(member: NamespaceMember): void {
    const { set, container, key } = member;
    if (set !== null && !this.sets[set]) throw new Error(`${key} is in set ${set}, never told`);
    if (container !== null && !this.containers.has(container)) {
      throw new Error(`${key} is in container ${container}, never told`);
    }
    this.members.set(key, member);
  }
}
