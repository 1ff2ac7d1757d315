/** `vscode.Memento`, as far as we need it; tests bring a map. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): Thenable<void>;
}

/** For what is stored beside an action, and must not end it: a full disk is worth a line of the log and no more. */
export class LoggingMemory implements Memory {
  constructor(
    private readonly memory: Memory,
    private readonly log: (line: string) => void,
  ) {}

  get<T>(key: string): T | undefined {
    return this.memory.get<T>(key);
  }

  /** Never rejects. */
  async update(key: string, value: unknown): Promise<void> {
    try {
      await this.memory.update(key, value);
    } catch (error) {
      this.log(`${key} could not be stored: ${String(error)}`);
    }
  }
}
