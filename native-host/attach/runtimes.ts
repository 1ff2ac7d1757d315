/**
 * What a program is to a debugger: by what its executable has in it, and what is mapped. Its name says nothing: a runtime
 * may be called anything, and be a part of another program.
 */
import { HostError } from '../hostError.js';
import type { PidFd } from '../process/pidFd.js';
import { dynamicNames } from './dynamicNames.js';
import { readExe } from '../procfs/exe.js';
import { orNull, type ProcRoot } from '../procfs/procRoot.js';
import type { SlowReads } from '../procfs/slowReads.js';
import type { ProcessKind } from '../protocol.js';
import { goHeadBytes, isGoHead } from '../table/goPrograms.js';
import { programKind } from '../table/programKind.js';

const mapsLimit = 1024 * 1024;

/** What only that runtime exports, or imports to be started by its library; or the library itself. */
const signs: readonly (readonly [string, ProcessKind])[] = [
  ['node_module_register', 'node'],
  ['_ZN4node5StartEiPPc', 'node'], // node::Start, where it is a library
  ['napi_create_function', 'node'], // those that are like it
  ['Py_BytesMain', 'python'],
  ['Py_Main', 'python'], // up to 3.6
  ['_Py_UnixMain', 'python'], // 3.7
  ['pypy_main_startup', 'python'],
  ['ruby_run_node', 'ruby'],
  ['libjli.so', 'java'],
  ['DotNetRuntimeInfo', 'dotnet'], // what its own debugger looks for in a single file
];

/** Libraries that launchers load when they run. Lines end in \n alone: a file may have \r in its name. */
const libraries: readonly (readonly [RegExp, ProcessKind])[] = [
  [/\/libjvm\.so( \(deleted\))?\n/, 'java'],
  [/\/lib(coreclr|hostfxr)\.so( \(deleted\))?\n/, 'dotnet'],
];

export class Runtimes {
  constructor(
    private readonly root: ProcRoot,
    private readonly slow: SlowReads,
  ) {}

  /** By its name where its executable cannot be read. @throws HostError Gone: some of it may be another process' */
  async of(process: PidFd, comm: string): Promise<ProcessKind> {
    const kind = await this.read(process.pid, comm);
    if (process.isReaped()) throw new HostError('Gone', 'it has ended', { pid: process.pid });
    return kind;
  }

  private async read(pid: number, comm: string): Promise<ProcessKind> {
    const exe = orNull(() => readExe(this.root, pid))?.path ?? null;
    if (exe === null) return programKind(exe, comm);
    const head = await this.part(pid, 0, goHeadBytes); // never remembered by its path, as for icons
    if (head && isGoHead(head)) return 'go';
    const names = await dynamicNames((offset, size) => this.part(pid, offset, size));
    const found = (names && kindBySigns(names)) ?? (await this.byLibraries(pid));
    return found ?? (names ? 'native' : programKind(exe, comm));
  }

  private async part(pid: number, offset: number, size: number): Promise<Buffer | null> {
    const path = this.root.pathOf(`${pid}/exe`);
    return path === null ? null : await this.slow.readPath(path, size, offset);
  }

  private async byLibraries(pid: number): Promise<ProcessKind | undefined> {
    const maps = await this.slow.readLines(() => this.root.tryOpen(`${pid}/maps`), mapsLimit);
    return kindByMaps(maps?.toString('latin1') ?? '');
  }
}

/** Linkers store a name that another one ends with as the end of that. */
export const kindBySigns = (names: Buffer) =>
  signs.find(([name]) => names.includes(`${name}\0`, 0, 'latin1'))?.[1];

/** By /proc/PID/maps, proc_pid_maps(5): the kernel writes a \n of a path as \012. */
export const kindByMaps = (maps: string) => libraries.find(([pattern]) => pattern.test(maps))?.[1];
