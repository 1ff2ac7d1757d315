import type { ProcessRow } from '../../../native-host/protocol';
import type { Memory } from '../../../views/memory';
import { namedProcess } from '../../../views/rowText';

const memoryKey = 'attach.held';

/** Who stands still for a debugger, for the window that comes after this one: they go on when this one ends. */
export class HeldNotes {
  private readonly names: string[] = [];

  constructor(private readonly memory: Memory) {}

  async during<T>(row: ProcessRow, action: () => Promise<T>): Promise<T> {
    const name = namedProcess(row);
    this.names.push(name);
    await this.store();
    try {
      return await action();
    } finally {
      this.names.splice(this.names.indexOf(name), 1);
      await this.store();
    }
  }

  /** Those of the last window, once. */
  async takeLeft(): Promise<readonly string[]> {
    const stored: unknown = this.memory.get(memoryKey);
    await this.store();
    return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : [];
  }

  private async store(): Promise<void> {
    await this.memory.update(memoryKey, this.names.length > 0 ? this.names : undefined);
  }
}
