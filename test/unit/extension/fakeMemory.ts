import type { Memory } from '../../../views/memory';

/** What a window remembers, as JSON does. */
export class FakeMemory implements Memory {
  private readonly stored = new Map<string, string>();

  get<T>(key: string): T | undefined {
    const text = this.stored.get(key);
    return text === undefined ? undefined : (JSON.parse(text) as T);
  }

  update(key: string, value: unknown): Promise<void> {
    if (value === undefined) this.stored.delete(key);
    else this.stored.set(key, JSON.stringify(value));
    return Promise.resolve();
  }
}

/** Of a window whose disk is full. */
export class FullMemory extends FakeMemory {
  override update(): Promise<void> {
    return Promise.reject(new Error('disk full'));
  }
}
