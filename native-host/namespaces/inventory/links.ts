/**
 * The eight links of /proc/PID/ns (namespaces(7)) as bytes in one buffer: thousands of processes are compared with few
 * sets, and text is made of a set once. PIDFD_GET_*_NAMESPACE would need no number, but opens, asks and closes eight
 * descriptors: twice the time.
 */
import type { Fd } from '../../kernel/fd.js';
import { openDirectory, readLinkInto } from '../../kernel/files.js';
import { SysError } from '../../kernel/sysError.js';
import { parseNamespaceLink } from '../../procfs/namespaceLink.js';
import { orNull, type ProcRoot } from '../../procfs/procRoot.js';
import { namespaceTypes, type NamespaceId, type NamespaceSet } from '../../protocol.js';

/** `cgroup:[4294967295]` has 19 bytes. */
const width = 32;

export const linksSize = width * namespaceTypes.length;

/** All zero: not one could be read. */
export const noLinks = Buffer.alloc(linksSize);

export class NamespaceLinks {
  private readonly bytes = Buffer.alloc(linksSize);
  private readonly slots = namespaceTypes.map((type, index) => ({
    type,
    bytes: this.bytes.subarray(index * width, (index + 1) * width),
  }));

  constructor(private readonly root: ProcRoot) {}

  /**
   * By number: bind it to a process before or after. Valid until the next call; all zero where the kernel refuses, or
   * the process is gone.
   */
  read(pid: number | 'self'): Buffer {
    this.bytes.fill(0);
    const directory = orNull(() => openDirectory(`${pid}/ns`, this.root.directory));
    if (!directory) return this.bytes;
    // Not `using`: what it becomes costs as much as three of the calls, and this is done for each process.
    try {
      this.readSlots(directory);
    } finally {
      directory[Symbol.dispose]();
    }
    return this.bytes;
  }

  /** One permission serves all eight: the first refusal is the last question. */
  private readSlots(directory: Fd): void {
    for (const { type, bytes } of this.slots) {
      try {
        readLinkInto(type, directory, bytes);
      } catch (error) {
        if (SysError.is(error, 'EACCES', 'EPERM', 'ESRCH')) return;
        // ENOENT: a type that is not built in, or one that a zombie has left already.
        if (!SysError.is(error, 'ENOENT', 'EINVAL')) throw error;
      }
    }
  }
}

/** Of those, the PID namespace's alone. */
export function pidLinkOf(links: Buffer): Buffer {
  const start = namespaceTypes.indexOf('pid') * width;
  const alone = Buffer.alloc(linksSize);
  links.copy(alone, start, start, start + width);
  return alone;
}

export function parseLinks(links: Buffer): NamespaceSet {
  const entries = namespaceTypes.map((type, index) => [type, parseSlot(links, index)]);
  return Object.fromEntries(entries) as NamespaceSet;
}

function parseSlot(links: Buffer, index: number): NamespaceId | null {
  const start = index * width;
  const text = links.toString('latin1', start, links.indexOf(0, start));
  return parseNamespaceLink(text);
}
