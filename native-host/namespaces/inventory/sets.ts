import type { NamespaceSet } from '../../protocol.js';
import { noLinks, parseLinks } from './links.js';

/** Sets of namespaces, each once. They are only ever added, so that an index means the same set for ever. */
export class NamespaceSets {
  private readonly indices = new Map<string, number>();
  private readonly links: Buffer[] = [];
  private readonly sets: NamespaceSet[] = [];
  private told = 0;

  /** null: not one link could be read. `hint`: the set that it is most likely. */
  indexOf(links: Buffer, hint: number | null): number | null {
    if (hint !== null && this.links[hint]?.equals(links)) return hint;
    if (links.equals(noLinks)) return null;
    const text = links.toString('latin1');
    return this.indices.get(text) ?? this.add(text, links);
  }

  at(index: number): NamespaceSet {
    const set = this.sets[index];
    if (!set) throw new RangeError(`no set ${index}`);
    return set;
  }

  /** Those that were added since the last call. */
  takeNew(): NamespaceSet[] {
    const news = this.sets.slice(this.told);
    this.told = this.sets.length;
    return news;
  }

  private add(text: string, links: Buffer): number {
    const index = this.sets.length;
    this.indices.set(text, index);
    this.links.push(Buffer.from(links));
    this.sets.push(parseLinks(links));
    return index;
  }
}
