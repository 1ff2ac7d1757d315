import type { ReadableProcess } from '../process/pidFd.js';
import type { SlowReads } from '../procfs/slowReads.js';

// An ELF note named "Go\0\0" of type 4, which the Go linker puts near the start of every program (cmd/link, elf.go).
const goNote = Buffer.from('\x04\0\0\0Go\0\0', 'latin1');
const elfMagic = Buffer.from('\x7fELF', 'latin1');
const headBytes = 4096;
const remembered = 4096;

/** Which executables were written in Go, by looking into them. Remembered by path: it decides about an icon only. */
export class GoPrograms {
  private readonly known = new Map<string, boolean>();

  constructor(private readonly slow: SlowReads) {}

  /** Through /proc/PID/exe, which works across mount namespaces; unreadable counts as "no". */
  async isGo(process: ReadableProcess, exe: string): Promise<boolean> {
    const known = this.known.get(exe);
    if (known !== undefined) return known;
    const head = await this.slow.readPath(`/proc/${process.pid}/exe`, headBytes);
    if (!head || process.isReaped()) return false; // unknown, or perhaps another process' file: not remembered
    const isGo = head.subarray(0, 4).equals(elfMagic) && head.includes(goNote);
    if (this.known.size >= remembered) this.known.clear();
    this.known.set(exe, isGo);
    return isGo;
  }
}
