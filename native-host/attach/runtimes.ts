/**
 * What a program is to a debugger: by what its executable has in it, and what is mapped. Names are only where it starts:
 * a runtime may be called anything, and be a part of another program.
 */
import { HostError } from '../hostError.js';
import type { PidFd } from '../process/pidFd.js';
import { readExe } from '../procfs/exe.js';
import { orNull, type ProcRoot } from '../procfs/procRoot.js';
import type { SlowReads } from '../procfs/slowReads.js';
import type { ProcessKind } from '../protocol.js';
import type { GoPrograms } from '../table/goPrograms.js';
import { programKind } from '../table/programKind.js';

/** Linkers put the names of dynamic symbols before the code; those of Node, the longest, end after 6 MiB. */
const namesLimit = 8 * 1024 * 1024;
const mapsLimit = 1024 * 1024;

/** What only that runtime exports, or imports to be started by its library. */
const symbols: readonly (readonly [string, ProcessKind])[] = [
  ['\0node_module_register\0', 'node'],
  ['\0Py_BytesMain\0', 'python'],
  ['\0ruby_run_node\0', 'ruby'],
  ['\0DotNetRuntimeInfo\0', 'dotnet'], // what its own debugger looks for in a single file
];

/** Libraries that launchers load when they run. */
const libraries: readonly (readonly [RegExp, ProcessKind])[] = [
  [/\/libjvm\.so( \(deleted\))?$/m, 'java'],
  [/\/libcoreclr\.so( \(deleted\))?$/m, 'dotnet'],
];

export class Runtimes {
  constructor(
    private readonly root: ProcRoot,
    private readonly slow: SlowReads,
    private readonly goPrograms: GoPrograms,
  ) {}

  /** `native` too where it cannot be read. @throws HostError Gone: some of it may be another process' */
  async of(process: PidFd, comm: string): Promise<ProcessKind> {
    const kind = await this.read(process.pid, process, comm);
    if (process.isReaped()) throw new HostError('Gone', 'it has ended', { pid: process.pid });
    return kind;
  }

  private async read(pid: number, process: PidFd, comm: string): Promise<ProcessKind> {
    const exe = orNull(() => readExe(this.root, pid))?.path ?? null;
    const named = programKind(exe, comm);
    if (named !== 'native' || exe === null) return named;
    if (await this.goPrograms.isGo(process, exe)) return 'go';
    return (await this.bySymbols(pid)) ?? (await this.byLibraries(pid)) ?? 'native';
  }

  private async bySymbols(pid: number): Promise<ProcessKind | undefined> {
    const head = await this.slow.read(() => this.root.tryOpen(`${pid}/exe`), namesLimit);
    return head ? symbols.find(([name]) => head.includes(name, 0, 'latin1'))?.[1] : undefined;
  }

  private async byLibraries(pid: number): Promise<ProcessKind | undefined> {
    const maps = await this.slow.read(() => this.root.tryOpen(`${pid}/maps`), mapsLimit);
    const text = maps?.toString('latin1') ?? '';
    return libraries.find(([pattern]) => pattern.test(text))?.[1];
  }
}
