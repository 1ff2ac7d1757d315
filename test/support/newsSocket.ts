import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

const NETLINK_CONNECTOR = '11'; // linux/netlink.h

export interface NewsSocket {
  readonly fd: number;
  /** How often the kernel had to drop something that was meant for it. */
  readonly drops: number;
}

function inodeOf(pid: number, fd: string): string | undefined {
  try {
    return /^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
  } catch {
    return undefined; // closed meanwhile
  }
}

/** The sockets of that process on which the kernel tells its news. */
export function newsSockets(pid: number): NewsSocket[] {
  const lines = readFileSync('/proc/net/netlink', 'latin1').trim().split('\n').slice(1);
  const ofConnector = lines
    .map((line) => line.trim().split(/\s+/))
    .filter((f) => f[1] === NETLINK_CONNECTOR);
  const drops = new Map(ofConnector.map((fields) => [fields.at(-1), Number(fields.at(-2))]));
  return readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
    const found = drops.get(inodeOf(pid, fd) ?? '');
    return found === undefined ? [] : [{ fd: Number(fd), drops: found }];
  });
}
