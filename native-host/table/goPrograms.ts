import type { ReadableProcess } from '../process/pidFd.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { SlowReads } from '../procfs/slowReads.js';

// An ELF note named "Go\0\0" of type 4, which the Go linker puts near the start of every program (cmd/link, elf.go).
const goNote = Buffer.from('\x04\0\0\0Go\0\0', 'latin1');
const elfMagic = Buffer.from('\x7fELF', 'latin1');
const remembered = 4096;

/** So many bytes of an executable tell whether Go's linker made it. */
export const goHeadBytes = 4096;

export const isGoHead = (head: Buffer): boolean =>
  head.subarray(0, 4).equals(elfMagic) && head.includes(goNote);

/**
 * Which executables were written in Go, by looking into them. Remembered by path, which may be another file's by now, or
 * in another container: it decides about an icon only.
 */
export class GoPrograms {
  private readonly answers = new Map<string, boolean>();
  /** Being looked into, for the first of many that run it. */
  private readonly looks = new Map<string, Promise<boolean>>();

  constructor(
    private readonly slow: SlowReads,
    private readonly root: Pick<ProcRoot, 'pathOf'>,
  ) {}

  /** undefined: not looked into yet. */
  known(exe: string): boolean | undefined {
    return this.answers.get(exe);
  }

  /** Through /proc/PID/exe, which works across mount namespaces; unreadable counts as "no". */
  async isGo(process: ReadableProcess, exe: string): Promise<boolean> {
    for (let look = this.looks.get(exe); look; look = this.looks.get(exe)) await look;
    const known = this.answers.get(exe);
    if (known !== undefined) return known;
    const look = this.look(process, exe);
    this.looks.set(exe, look);
    try {
      return await look;
    } finally {
      this.looks.delete(exe);
    }
  }

  private async look(process: ReadableProcess, exe: string): Promise<boolean> {
    const path = this.root.pathOf(`${process.pid}/exe`);
    const head = path === null ? null : await this.slow.readPath(path, goHeadBytes);
    if (!head || process.isReaped()) return false; // unknown, or perhaps another process' file: not remembered
    const isGo = isGoHead(head);
    if (this.answers.size >= remembered) this.answers.clear();
    this.answers.set(exe, isGo);
    return isGo;
  }
}
