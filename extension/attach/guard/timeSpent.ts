import type { DebugConfiguration } from 'vscode';

/** For how long our own hooks kept VS Code waiting, attach by attach, in milliseconds. */
export class TimeSpent {
  private readonly byName = new Map<string, number>();
  private readonly byKey = new Map<string, number>();

  /** Before it is known which process is meant. */
  during<T>(name: string, work: () => T): T {
    const start = performance.now();
    const result = work();
    this.byName.set(name, performance.now() - start);
    return result;
  }

  async until(name: string, work: () => Promise<DebugConfiguration>): Promise<DebugConfiguration> {
    const start = performance.now();
    const result = await work();
    const before = this.byName.get(name) ?? 0;
    this.byName.delete(name);
    this.byKey.set(String(result['pidfdKey']), before + performance.now() - start);
    return result;
  }

  /** While messages of its session pass. */
  passing(key: string, work: () => void): void {
    const start = performance.now();
    work();
    this.byKey.set(key, this.of(key) + performance.now() - start);
  }

  of(key: string): number {
    return this.byKey.get(key) ?? 0;
  }

  forget(key: string): void {
    this.byKey.delete(key);
  }
}
