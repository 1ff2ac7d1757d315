import { readFileSync, statSync } from 'node:fs';
import { procfs } from './procfs';

/** Table of /proc/PID/net -> where the inode of a socket stands in its lines (proc_net_tcp.txt, af_netlink.c, af_packet.c). */
const tables: Readonly<Record<string, number>> = {
  unix: 6,
  netlink: 9,
  tcp: 9,
  tcp6: 9,
  udp: 9,
  udp6: 9,
  raw: 9,
  raw6: 9,
  packet: 8,
};

/** __SO_ACCEPTCON of linux/net.h, as /proc/net/unix writes the flags. */
const accepting = '00010000';

/** A child in another network namespace has sockets of ours, too. */
function socketKind(pid: number, inode: string): string {
  return findSocket(pid, inode) ?? findSocket(process.pid, inode) ?? 'socket of another kind';
}

function findSocket(pid: number, inode: string): string | null {
  for (const [name, column] of Object.entries(tables)) {
    const lines = readFileSync(`/proc/${pid}/net/${name}`, 'utf8').split('\n').slice(1);
    const found = lines
      .map((line) => line.trim().split(/\s+/))
      .find((one) => one[column] === inode);
    if (!found) continue;
    if (name !== 'unix') return `${name} socket`;
    if (found[3] === accepting) return 'unix socket that listens';
    return found[7] === undefined ? 'unix socket without a name' : 'unix socket with a name';
  }
  return null;
}

/** What can be run, whoever does. */
function isProgram(path: string): boolean {
  const found = statSync(path, { throwIfNoEntry: false });
  return found?.isFile() === true && (found.mode & 0o111) !== 0;
}

function kindOf(pid: number, target: string): string {
  const [, type = '', inode = ''] = /^([a-z_]+):\[(\d+)\]$/.exec(target) ?? [];
  if (type === 'socket') return socketKind(pid, inode);
  if (type === 'pipe' || type === 'pidfd') return type;
  if (type !== '') return 'namespace';
  const [, inMemory] = /^anon_inode:\[?(\w+)\]?$/.exec(target) ?? [];
  if (inMemory !== undefined) return inMemory;
  if (/^\/(\d+\/|$)/.test(target)) return '/'; // of a procfs that is mounted nowhere
  if (/^\/proc(\/|$)/.test(target)) return 'procfs';
  return isProgram(target) ? 'program' : target;
}

/** What a process has open, each kind once, as `docs/security.md` names them. */
export const openKinds = (pid: number): string[] => [
  ...new Set(procfs.openFiles(pid).map((line) => kindOf(pid, line.slice(line.indexOf(' ') + 1)))),
];
