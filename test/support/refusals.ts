// System calls of the native host, by their numbers on x86-64 (asm/unistd_64.h), told from Node's own by arguments.
import type { constants } from 'node:os';

export interface Condition {
  readonly argument: number;
  readonly mask?: number;
  readonly how: 'is' | 'above';
  readonly value: number;
  readonly not?: boolean;
}

type Errno = keyof typeof constants.errno;

export interface Call {
  readonly number: number;
  /** It has no other answers than these. */
  readonly only?: readonly Errno[];
  /** Those of Node's own loops go on: it ends itself where one fails. */
  readonly notNodesEpolls?: true;
  /** Not before the host has started: Node could not load it. */
  readonly notAtOnce?: true;
  /** Made when the host starts, and never again. */
  readonly onlyAtOnce?: true;
  /**
   * Made for each program that is started or watched. EMFILE and ENFILE come from openat alone then: where others say so
   * Node leaves open what it has made, and kernel/spareDescriptors.ts asks openat first.
   */
  readonly forPrograms?: true;
  readonly where?: readonly Condition[];
}

export interface Refusal extends Call {
  readonly errno: number;
}

const byWorkingFolder: Condition = { argument: 0, how: 'is', value: 0xffffff9c };
/** Node itself, which loads the host, opens by the working folder, and so does who loads a program. */
const byDirectory: Condition = { ...byWorkingFolder, not: true };
/** What Node's `fs` asks for. */
const ofNode: Condition = { argument: 3, how: 'is', value: 0xfff };
const ofType = (value: number): Condition => ({ argument: 1, mask: 0xff00, how: 'is', value });
const noThread: Condition = { argument: 0, mask: 0x10000, how: 'is', value: 0 };

/** Of those that give no descriptor. */
const only = ['ENOMEM', 'EINTR', 'EAGAIN'] as const;
/** Of all others. */
export const usual = ['EMFILE', 'ENFILE', ...only] as const;

export const calls: Readonly<Record<string, Call>> = {
  read: {
    number: 0,
    only,
    where: [
      { argument: 0, how: 'above', value: 2 },
      { argument: 2, how: 'is', value: 0x10000 },
    ],
  },
  poll: {
    number: 7,
    only,
    where: [
      { argument: 1, how: 'is', value: 1 },
      { argument: 2, how: 'is', value: 0 },
    ],
  },
  lseek: { number: 8, only },
  'ioctl of a pidfd': { number: 16, where: [ofType(0xff00)] },
  'ioctl of a namespace': { number: 16, where: [ofType(0xb700)] },
  dup2: { number: 33, only: ['ENOMEM'], forPrograms: true },
  'socket of netlink': {
    number: 41,
    where: [{ argument: 0, how: 'is', value: 16 }],
    only: [...usual, 'ENOBUFS'],
  },
  sendto: { number: 44, only: [...only, 'ENOBUFS'] },
  recvfrom: { number: 45, only: [...only, 'ENOBUFS'] },
  bind: { number: 49, only: ['ENOMEM', 'ENOBUFS'] },
  socketpair: { number: 53, only: ['ENOMEM', 'ENOBUFS'], forPrograms: true },
  setsockopt: { number: 54, only },
  'clone of a process': { number: 56, where: [noThread], only: ['ENOMEM', 'EAGAIN'] },
  execve: { number: 59, only: ['ENOMEM', 'EAGAIN'], forPrograms: true },
  mkdir: { number: 83, only: ['ENOSPC'], forPrograms: true },
  fstatfs: { number: 138, only },
  getdents64: { number: 217, only },
  epoll_wait: { number: 232, only },
  epoll_ctl: { number: 233, only: ['ENOMEM', 'ENOSPC'], notNodesEpolls: true },
  openat: { number: 257, where: [byDirectory] },
  'openat by the working folder': {
    number: 257,
    where: [byWorkingFolder],
    only: usual.filter((errno) => errno !== 'EINTR'), // libuv would ask again for ever
    notAtOnce: true,
  },
  readlinkat: { number: 267, where: [byDirectory], only },
  eventfd2: { number: 290, onlyAtOnce: true },
  epoll_create1: { number: 291, only: ['EMFILE', 'ENFILE', 'ENOMEM'], onlyAtOnce: true },
  pipe2: { number: 293, only: ['ENOMEM'], forPrograms: true },
  open_by_handle_at: { number: 304 },
  statx: { number: 332, where: [{ ...ofNode, not: true }], only },
  'statx of Node': { number: 332, where: [ofNode], only: ['ENOMEM'], notAtOnce: true },
  pidfd_send_signal: { number: 424, only, forPrograms: true },
  fsopen: { number: 430 },
  fsconfig: { number: 431 },
  fsmount: { number: 432 },
  pidfd_open: { number: 434 },
  pidfd_getfd: { number: 438 },
};
