import type { NamespaceSet } from '../../protocol.js';
import { noLinks, parseLinks } from './links.js';

interface KnownSet {
  readonly text: string;
  readonly links: Buffer;
  readonly set: NamespaceSet;
}

/** Sets of namespaces, each once. An index is never given out again, so that it means the same set for ever. */
export class NamespaceSets {
  private readonly indices = new Map<string, number>();
  private readonly known = new Map<number, KnownSet>();
  private next = 0;
  private told = 0;

  /** null: not one link could be read. `hint`: the set that it is most likely. */
  indexOf(links: Buffer, hint: number | null): number | null {
    if (hint !== null && this.known.get(hint)?.links.equals(links)) return hint;
    if (links.equals(noLinks)) return null;
    const text = links.toString('latin1');
    return this.indices.get(text) ?? this.add(text, links);
  }

  at(index: number): NamespaceSet {
    const known = this.known.get(index);
    if (!known) throw new RangeError(`no set ${index}`);
    return known.set;
  }

  /** Those that were added since the last call. */
  takeNew(): NamespaceSet[] {
    const news: NamespaceSet[] = [];
    while (this.told < this.next) news.push(this.at(this.told++));
    return news;
  }

  /** Forgets those that are not told to be in use, and says which. */
  forgetAllBut(used: ReadonlySet<number | null>): number[] {
    const gone = [...this.known].filter(([index]) => !used.has(index));
    for (const [index, { text }] of gone) {
      this.known.delete(index);
      this.indices.delete(text);
    }
    return gone.map(([index]) => index);
  }

  private add(text: string, links: Buffer): number {
    const index = this.next++;
    this.indices.set(text, index);
    this.known.set(index, { text, links: Buffer.from(links), set: parseLinks(links) });
    return index;
  }
}
