/** `vscode.Memento`, as far as we need it; tests bring a map. */
export interface Memory {
  get<T>(key: string): T | undefined;
  update(key: string, value: unknown): Thenable<void>;
}
