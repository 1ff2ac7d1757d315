import type { Memory } from '../memory';
import type { StoredChoices } from './choices';
import { parseFilter } from './filter';

/** What a filter leaves over, with the switches that it was saved with. */
export interface SavedFilter extends Pick<
  StoredChoices,
  'filter' | 'kernelThreads' | 'otherUsers'
> {
  readonly name: string;
}

const memoryKey = 'processes.savedFilters';

/** Filters that a person gave names to, by name. */
export class SavedFilters {
  constructor(private readonly memory: Memory) {}

  get all(): readonly SavedFilter[] {
    const stored = this.memory.get<unknown>(memoryKey);
    const readable = Array.isArray(stored) ? stored.filter(isReadable) : [];
    return readable.sort((a, b) => a.name.localeCompare(b.name));
  }

  /** In place of one that has this name. */
  async save(filter: SavedFilter): Promise<void> {
    await this.memory.update(memoryKey, [...this.others(filter.name), filter]);
  }

  async remove(name: string): Promise<void> {
    await this.memory.update(memoryKey, this.others(name));
  }

  private others(name: string): readonly SavedFilter[] {
    return this.all.filter((each) => each.name !== name);
  }
}

/** Another version may have stored it. */
function isReadable(stored: unknown): stored is SavedFilter {
  const { name, filter, kernelThreads, otherUsers } = (stored ?? {}) as Record<string, unknown>;
  if (typeof name !== 'string' || typeof filter !== 'string') return false;
  if (typeof kernelThreads !== 'boolean' || typeof otherUsers !== 'boolean') return false;
  try {
    return parseFilter(filter) !== undefined;
  } catch {
    return false; // its regular expression is none here
  }
}
