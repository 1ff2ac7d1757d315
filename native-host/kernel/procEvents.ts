/** Messages of the process events connector: nlmsghdr (16 bytes), cn_msg (20), struct proc_event of linux/cn_proc.h. */
import {
  PROC_EVENT_COMM,
  PROC_EVENT_EXEC,
  PROC_EVENT_EXIT,
  PROC_EVENT_FORK,
  PROC_EVENT_NONE,
  PROC_EVENT_PTRACE,
  PROC_EVENT_UID,
} from './constants.js';

export type ProcEvent =
  | { readonly kind: 'acknowledged' }
  /** A process came, no thread. `parentPid` is its parent: of one made with CLONE_PARENT its maker's parent. */
  | { readonly kind: 'fork'; readonly parentPid: number; readonly childPid: number }
  /** One thread exited; of a process when `thread` is its number. `exitCode` is a raw wait status. */
  | {
      readonly kind: 'exit';
      readonly thread: number;
      readonly pid: number;
      readonly exitCode: number;
    }
  /** It runs another program; told when that is in place. */
  | { readonly kind: 'exec'; readonly pid: number }
  /** Its first thread has another name, or the process another user. */
  | { readonly kind: 'altered'; readonly pid: number }
  /** A debugger came or went; that it is stopped follows, and is not told. */
  | { readonly kind: 'traced'; readonly pid: number }
  /** ENOBUFS, or a number left out: some were dropped; what is known of the world must be read anew. */
  | { readonly kind: 'lost' };

/** struct proc_event after the two headers: what at 36, the union at 52. null for what we do not follow. */
export function parseProcEvent(bytes: Buffer, size: number): ProcEvent | null {
  if (size < 60) return null;
  const what = bytes.readUInt32LE(36);
  if (what === PROC_EVENT_NONE) {
    return bytes.readUInt32LE(52) === 0 ? { kind: 'acknowledged' } : null;
  }
  return size < 68 ? null : parseNews(bytes, what);
}

function parseNews(bytes: Buffer, what: number): ProcEvent | null {
  const thread = bytes.readUInt32LE(52);
  const pid = bytes.readUInt32LE(56);
  switch (what) {
    case PROC_EVENT_FORK: {
      // parent thread, parent process, child thread, child process: a new thread's numbers differ
      const childPid = bytes.readUInt32LE(64);
      return bytes.readUInt32LE(60) === childPid
        ? { kind: 'fork', parentPid: pid, childPid }
        : null;
    }
    case PROC_EVENT_EXIT:
      return { kind: 'exit', thread, pid, exitCode: bytes.readUInt32LE(60) };
    case PROC_EVENT_EXEC:
      return { kind: 'exec', pid };
    case PROC_EVENT_COMM:
    case PROC_EVENT_UID:
      return thread === pid ? { kind: 'altered', pid } : null;
    case PROC_EVENT_PTRACE:
      return thread === pid ? { kind: 'traced', pid } : null;
    default:
      return null;
  }
}

/** cn_proc.c before 4.8, of acknowledgements: their number is that of what they answer. */
const noCpu = 0xffffffff;

/** Each CPU counts its messages (cn_msg.seq), acknowledgements of others included: one that is left out was dropped. */
export class EventSequence {
  private readonly expected = new Map<number, number>();

  leavesGap(bytes: Buffer, size: number): boolean {
    if (size < 60) return false;
    const seq = bytes.readUInt32LE(24);
    const cpu = bytes.readUInt32LE(40);
    if (cpu === noCpu) return false;
    const expected = this.expected.get(cpu);
    this.expected.set(cpu, (seq + 1) >>> 0);
    return expected !== undefined && expected !== seq;
  }
}
