/**
 * The process events connector (linux/cn_proc.h): the kernel tells of every fork and exit. Since 6.6 without
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
  PROC_EVENT_EXIT,
  PROC_EVENT_FORK,
  PROC_EVENT_NONE,
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
  /** ENOBUFS: some were dropped; what is known of the world must be read anew. */
  | { readonly kind: 'lost' };

export class ProcConnector implements Disposable {
  private readonly fd: Fd;
  private readonly watch: Watch;
  private readonly buffer = Buffer.alloc(8192);

  /** @throws SysError EPERM below 6.6 without CAP_NET_ADMIN, or by seccomp; EPROTONOSUPPORT not built in */
  constructor(
    loop: EpollLoop,
    private readonly onEvent: (event: ProcEvent) => void,
  ) {
    const type = SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK;
    this.fd = new Fd(socket(AF_NETLINK, type, NETLINK_CONNECTOR));
    try {
      enlarge(this.fd);
      subscribe(this.fd);
      this.watch = loop.watch(this.fd, EPOLLIN, () => this.drain());
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
      const event = size === 0 ? ({ kind: 'lost' } as const) : parseProcEvent(this.buffer, size);
      if (event) this.onEvent(event);
    }
  }

  [Symbol.dispose](): void {
    this.watch[Symbol.dispose]();
    this.fd[Symbol.dispose]();
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
  if (size < 68) return null;
  const [first, second, third, fourth] = [52, 56, 60, 64].map((at) => bytes.readUInt32LE(at));
  if (what === PROC_EVENT_FORK) {
    // parent thread, parent process, child thread, child process: a new thread's numbers differ
    if (third !== fourth) return null;
    return { kind: 'fork', parentPid: second ?? 0, childPid: fourth ?? 0 };
  }
  if (what !== PROC_EVENT_EXIT) return null;
  return { kind: 'exit', thread: first ?? 0, pid: second ?? 0, exitCode: third ?? 0 };
}
