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
  readonly where?: readonly Condition[];
}

export interface Refusal extends Call {
  readonly errno: number;
}

/** Node itself opens by the working folder. */
const byDirectory: Condition = { argument: 0, how: 'is', value: 0xffffff9c, not: true };
const ofType = (value: number): Condition => ({ argument: 1, mask: 0xff00, how: 'is', value });
const noThread: Condition = { argument: 0, mask: 0x10000, how: 'is', value: 0 };

export const calls: Readonly<Record<string, Call>> = {
  read: {
    number: 0,
    where: [
      { argument: 0, how: 'above', value: 2 },
      { argument: 2, how: 'is', value: 0x10000 },
    ],
  },
  poll: {
    number: 7,
    where: [
      { argument: 1, how: 'is', value: 1 },
      { argument: 2, how: 'is', value: 0 },
    ],
  },
  lseek: { number: 8 },
  'ioctl of a pidfd': { number: 16, where: [ofType(0xff00)] },
  'ioctl of a namespace': { number: 16, where: [ofType(0xb700)] },
  'socket of netlink': { number: 41, where: [{ argument: 0, how: 'is', value: 16 }] },
  recvfrom: { number: 45 },
  setsockopt: { number: 54 },
  'clone of a process': { number: 56, where: [noThread], only: ['ENOMEM', 'EAGAIN'] },
  fstatfs: { number: 138 },
  getdents64: { number: 217 },
  epoll_wait: { number: 232 },
  epoll_ctl: { number: 233, only: ['ENOMEM', 'ENOSPC'], notNodesEpolls: true },
  openat: { number: 257, where: [byDirectory] },
  readlinkat: { number: 267, where: [byDirectory] },
  eventfd2: { number: 290 },
  name_to_handle_at: { number: 303 },
  open_by_handle_at: { number: 304 },
  statx: { number: 332, where: [{ argument: 3, how: 'is', value: 0xfff, not: true }] },
  pidfd_send_signal: { number: 424 },
  fsopen: { number: 430 },
  fsconfig: { number: 431 },
  fsmount: { number: 432 },
  pidfd_open: { number: 434 },
  pidfd_getfd: { number: 438 },
};
