import type { Memory } from '../../views/memory';

const most = 20;

/** What was typed into one kind of input box in this workspace: newest first. */
export class InputHistory {
  constructor(
    private readonly memory: Memory,
    private readonly key: string,
  ) {}

  get all(): readonly string[] {
    const stored: unknown = this.memory.get(this.key);
    return Array.isArray(stored) ? stored.filter((one) => typeof one === 'string') : [];
  }

  async note(text: string): Promise<void> {
    const others = this.all.filter((one) => one !== text);
    await this.memory.update(this.key, [text, ...others].slice(0, most));
  }
}
