/**
 * The process events connector (linux/cn_proc.h): the kernel tells of every fork, exec and exit. Since 6.6 without
 * privileges, before with CAP_NET_ADMIN; only in the first user, PID and network namespaces. In a child PID namespace
 * LISTEN gets no answer, and still events may come with the machine's numbers once anyone else listens: so it serves
 * only after its acknowledgement came *and* a child of our own was announced under the number that we know.
 */
import {
  AF_NETLINK,
  CN_IDX_PROC,
  CN_VAL_PROC,
  EPOLLIN,
  NETLINK_CONNECTOR,
  NLMSG_DONE,
  PROC_CN_MCAST_LISTEN,
  PROC_EVENT_COMM,
  PROC_EVENT_EXEC,
  PROC_EVENT_EXIT,
  PROC_EVENT_FORK,
  PROC_EVENT_NONE,
  PROC_EVENT_PTRACE,
  PROC_EVENT_UID,
  SO_RCVBUF,
  SO_RCVBUFFORCE,
  SOCK_CLOEXEC,
  SOCK_DGRAM,
  SOCK_NONBLOCK,
  SOL_SOCKET,
} from './constants.js';
import type { EpollLoop, Watch } from './epollLoop.js';
import { Fd } from './fd.js';
import { checked } from './libc.js';
import { SysError } from './sysError.js';

const socket = checked('socket', 'int socket(int domain, int type, int protocol)');
const bind = checked('bind', 'int bind(int fd, void *address, unsigned int size)');
const send = checked('send', 'long send(int fd, void *buffer, size_t size, int flags)');
const recv = checked('recv', 'long recv(int fd, void *buffer, size_t size, int flags)');
const setsockopt = checked(
  'setsockopt',
  'int setsockopt(int fd, int level, int name, void *value, unsigned int size)',
);

/** Events that a burst may leave waiting: some ten thousand. */
const receiveBuffer = 8 * 1024 * 1024;

export type ProcEvent =
  | { readonly kind: 'acknowledged' }
  /** A process came, no thread: `parentPid` is the process that called fork, even where another becomes its parent. */
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

export class ProcConnector implements Disposable {
  private readonly fd: Fd;
  private readonly watch: Watch;
  private readonly buffer = Buffer.alloc(8192);
  /** The next number of each CPU's events. */
  private readonly expected = new Map<number, number>();

  /**
   * `onDrained` is called after each wake-up, when all that waited was delivered.
   * @throws SysError EPERM below 6.6 without CAP_NET_ADMIN, or by seccomp; EPROTONOSUPPORT not built in
   */
  constructor(
    loop: EpollLoop,
    private readonly onEvent: (event: ProcEvent) => void,
    onDrained: () => void = () => undefined,
  ) {
    const type = SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
    this.fd = new Fd(socket(AF_NETLINK, type, NETLINK_CONNECTOR));
    try {
      enlarge(this.fd);
      subscribe(this.fd);
      this.watch = loop.watch(this.fd, EPOLLIN, () => {
        this.drain();
        onDrained();
      });
    } catch (error) {
      this.fd[Symbol.dispose]();
      throw error;
    }
  }

  /** Delivers all that the kernel has queued by now. */
  drain(): void {
    while (!this.fd.disposed) {
      const size = this.receive();
      if (size === null) return;
      if (size === 0 || this.leavesGap(size)) this.onEvent({ kind: 'lost' });
      const event = size === 0 ? null : parseProcEvent(this.buffer, size);
      if (event) this.onEvent(event);
    }
  }

  /** No wake-ups until `resume`: what comes waits in the socket, or is drained by the caller. Errors still wake. */
  pause(): void {
    this.watch.rearm(0);
  }

  resume(): void {
    this.watch.rearm(EPOLLIN);
  }

  [Symbol.dispose](): void {
    this.watch[Symbol.dispose]();
    this.fd[Symbol.dispose]();
  }

  /** Each CPU counts its events (cn_msg.seq). Acknowledgements have no CPU and the number of what they answer. */
  private leavesGap(size: number): boolean {
    if (size < 60 || this.buffer.readUInt32LE(36) === PROC_EVENT_NONE) return false;
    const seq = this.buffer.readUInt32LE(24);
    const cpu = this.buffer.readUInt32LE(40);
    const expected = this.expected.get(cpu);
    this.expected.set(cpu, (seq + 1) >>> 0);
    return expected !== undefined && expected !== seq;
  }

  /** null: nothing waits; 0: events were lost. */
  private receive(): number | null {
    try {
      return recv(this.fd.number, this.buffer, this.buffer.length, 0);
    } catch (error) {
      if (SysError.is(error, 'EAGAIN')) return null;
      if (SysError.is(error, 'ENOBUFS')) return 0;
      throw error;
    }
  }
}

/** Beyond the limit for ordinary users where we may, else as far as it goes. */
function enlarge(fd: Fd): void {
  const size = Buffer.alloc(4);
  size.writeInt32LE(receiveBuffer);
  try {
    setsockopt(fd.number, SOL_SOCKET, SO_RCVBUFFORCE, size, 4);
  } catch (error) {
    if (!SysError.is(error, 'EPERM')) throw error;
    setsockopt(fd.number, SOL_SOCKET, SO_RCVBUF, size, 4);
  }
}

/** struct sockaddr_nl; then nlmsghdr (16 bytes), cn_msg (20) and the operation. */
function subscribe(fd: Fd): void {
  const address = Buffer.alloc(12);
  address.writeUInt16LE(AF_NETLINK, 0);
  address.writeUInt32LE(CN_IDX_PROC, 8); // the multicast group
  bind(fd.number, address, address.length);
  const message = Buffer.alloc(40);
  message.writeUInt32LE(message.length, 0);
  message.writeUInt16LE(NLMSG_DONE, 4);
  message.writeUInt32LE(CN_IDX_PROC, 16);
  message.writeUInt32LE(CN_VAL_PROC, 20);
  message.writeUInt16LE(4, 32);
  message.writeUInt32LE(PROC_CN_MCAST_LISTEN, 36);
  send(fd.number, message, message.length, 0);
}

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
