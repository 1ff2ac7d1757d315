import type { ReadableProcess } from '../process/pidFd.js';
import type { ProgramFacts } from '../procfs/programFacts.js';
import type { Stat } from '../procfs/stat.js';
import type { ProcessKind } from '../protocol.js';
import type { GoPrograms } from './goPrograms.js';
import { programKind } from './programKind.js';

/** What kind of program a row shows: by what was read of it, and for Go by a look into its executable. */
export class RowKinds {
  constructor(private readonly goPrograms: GoPrograms) {}

  /** null: its executable is to be looked into. */
  known(stat: Stat, { exe, init }: ProgramFacts): ProcessKind | null {
    if (stat.kernelThread) return 'kernelThread';
    if (init) return 'containerInit';
    const kind = programKind(exe, stat.comm);
    if (kind !== 'native' || exe === null) return kind;
    const isGo = this.goPrograms.known(exe);
    if (isGo === undefined) return null;
    return isGo ? 'go' : 'native';
  }

  async of(process: ReadableProcess, stat: Stat, facts: ProgramFacts): Promise<ProcessKind> {
    const known = this.known(stat, facts);
    if (known || facts.exe === null) return known ?? 'native';
    return (await this.goPrograms.isGo(process, facts.exe)) ? 'go' : 'native';
  }
}
