import { readdirSync, readFileSync } from 'node:fs';

function fdInfo(pid: number, fd: string): string {
  try {
    return readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'latin1');
  } catch {
    return ''; // closed since it was listed
  }
}

/** Numbers of the processes to which it holds a pidfd, as the kernel tells them. */
export function heldBy(pid: number): number[] {
  return readdirSync(`/proc/${pid}/fdinfo`).flatMap((fd) => {
    const held = /^Pid:\t(\d+)$/m.exec(fdInfo(pid, fd))?.[1];
    return held ? [Number(held)] : [];
  });
}
