/** `vscode.Memento`, as far as we need it; tests bring a map. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): Thenable<void>;
}

/** For what no command waits for. A full disk is worth a line of the log and no more. */
export async function tryToStore(
  memory: Memory,
  key: string,
  value: unknown,
  log: (line: string) => void,
): Promise<void> {
  try {
    await memory.update(key, value);
  } catch (error) {
    log(`${key} could not be stored: ${String(error)}`);
  }
}
