/**
 * What names a process: text that is good for one boot. With pidfs (Linux 6.9) `PID:INODE`, util-linux's notation;
 * below it `PID@STARTTICKS`, which cannot tell a successor born in the same clock tick. Only this file reads keys.
 */
import type { ProcessKey } from '../protocol.js';

export type Identity =
  | { readonly pid: number; readonly inode: bigint }
  | { readonly pid: number; readonly startTicks: string };

/** PID_MAX_LIMIT on 64 bits, include/linux/threads.h. */
export const maxPid = 4194304;

const maxInode = 2n ** 64n - 1n;

const pattern = /^([1-9]\d{0,6})(?::([1-9]\d{0,19})|@(0|[1-9]\d{0,19}))$/;

/** null when the text is no key. One process has one text: leading zeros and signs are refused. */
export function parseKey(text: string): Identity | null {
  const match = pattern.exec(text);
  const pid = Number(match?.[1]);
  if (!match || pid > maxPid) return null;
  if (match[2] !== undefined) {
    const inode = BigInt(match[2]);
    return inode <= maxInode ? { pid, inode } : null;
  }
  return { pid, startTicks: match[3] ?? '' };
}

export function keyOfInode(pid: number, inode: bigint): ProcessKey {
  return `${pid}:${inode}` as ProcessKey;
}

export function keyOfStart(pid: number, startTicks: string): ProcessKey {
  return `${pid}@${startTicks}` as ProcessKey;
}
