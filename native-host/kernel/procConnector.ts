/**
 * The process events connector (linux/cn_proc.h): the kernel tells of every fork, exec and exit. Since 6.6 without
 * privileges, before with CAP_NET_ADMIN; only in the first user, PID and network namespaces. In a child PID namespace
 * LISTEN gets no answer, and still events may come with the machine's numbers once anyone else listens: so it serves
 * only after its acknowledgement came *and* a child of our own was announced under the number that we know.
 */
import { constants } from 'node:os';
import {
  AF_NETLINK,
  CN_IDX_PROC,
  CN_VAL_PROC,
  EPOLLIN,
  NETLINK_CONNECTOR,
  NLMSG_DONE,
  PROC_CN_MCAST_LISTEN,
  SO_RCVBUF,
  SO_RCVBUFFORCE,
  SOCK_CLOEXEC,
  SOCK_DGRAM,
  SOCK_NONBLOCK,
  SOL_SOCKET,
} from './constants.js';
import type { EpollLoop, Watch } from './epollLoop.js';
import { Fd } from './fd.js';
import { answering, checked } from './libc.js';
import { EventSequence, parseProcEvent, type ProcEvent } from './procEvents.js';
import { SysError } from './sysError.js';

const socket = checked('socket', 'int socket(int domain, int type, int protocol)');
const bind = checked('bind', 'int bind(int fd, void *address, unsigned int size)');
const send = checked('send', 'long send(int fd, void *buffer, size_t size, int flags)');
/** That nothing waits is told at the end of each drain: no exception. */
const recv = answering('long recv(int fd, void *buffer, size_t size, int flags)');
const { EAGAIN, ENOBUFS } = constants.errno;
const setsockopt = checked(
  'setsockopt',
  'int setsockopt(int fd, int level, int name, void *value, unsigned int size)',
);

/** Events that a burst may leave waiting: some ten thousand. */
const receiveBuffer = 8 * 1024 * 1024;

export class ProcConnector implements Disposable {
  private readonly fd: Fd;
  private readonly watch: Watch;
  private readonly buffer = Buffer.alloc(8192);
  /** How many messages came so far, of interest or not. */
  private received = 0;
  private readonly sequence = new EventSequence();

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
    for (let last: number | null = null; !this.fd.disposed; this.received++) {
      const size = this.receive();
      // Not before all was read is it said again (netlink_overrun, net/netlink/af_netlink.c): else it is for ever.
      if (size === null || (size === 0 && last === 0)) return;
      last = size;
      if (size === 0 || this.sequence.leavesGap(this.buffer, size)) this.onEvent({ kind: 'lost' });
      const event = size === 0 ? null : parseProcEvent(this.buffer, size);
      if (event) this.onEvent(event);
    }
  }

  get messages(): number {
    return this.received;
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

  /** null: nothing waits, or nothing can be had now (out of memory, say); 0: events were lost, and others wait. */
  private receive(): number | null {
    const size = recv(this.fd.number, this.buffer, this.buffer.length, 0);
    if (size >= 0) return size;
    if (size === -ENOBUFS) return 0;
    // Whoever listens then reads for himself, as after a loss: an error in here would reach him at any moment.
    if (size !== -EAGAIN) this.onEvent({ kind: 'lost' });
    return null;
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
