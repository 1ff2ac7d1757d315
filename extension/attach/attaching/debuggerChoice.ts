import type { ProcessKind } from '../../../native-host/protocol';
import type { Memory } from '../../../views/memory';
import type { InstalledDebugger } from './installedDebuggers';

const memoryKey = 'attach.debugger';

/** What was chosen for each kind of program, in this workspace. */
export class DebuggerChoice {
  constructor(private readonly memory: Memory) {}

  /** Undefined: never chosen, or not installed any more. */
  of(kind: ProcessKind, offered: readonly InstalledDebugger[]): InstalledDebugger | undefined {
    const name = this.all[kind];
    return offered.find((one) => nameOf(one) === name);
  }

  async remember(kind: ProcessKind, chosen: InstalledDebugger): Promise<void> {
    await this.memory.update(memoryKey, { ...this.all, [kind]: nameOf(chosen) });
  }

  private get all(): Readonly<Record<string, unknown>> {
    const stored: unknown = this.memory.get(memoryKey);
    return typeof stored === 'object' && stored !== null ? { ...stored } : {};
  }
}

const nameOf = ({ debugger: { type, extension, variant } }: InstalledDebugger) =>
  [type, extension, variant].filter(Boolean).join(' ');
