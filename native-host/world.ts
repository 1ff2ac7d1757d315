import { existsSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { PROC_PID_INIT_INO } from './kernel/constants.js';
import { parseNamespaceLink } from './procfs/namespaceLink.js';
import type { ProcRoot } from './procfs/procRoot.js';
import type { Users } from './procfs/users.js';
import type { World, WorldKind } from './protocol.js';

/** Which processes we can see at all: those of the machine, or of the container or sandbox that we were started in. */
export function describeWorld(root: ProcRoot | null, users: Users): World {
  users.refresh();
  const link = root?.tryLink('self/ns/pid');
  const pidNamespace = link ? parseNamespaceLink(link) : null;
  const nested = pidNamespace !== null && BigInt(pidNamespace) !== PROC_PID_INIT_INO;
  const uid = process.getuid?.() ?? 0;
  return {
    kind: kindOf(nested),
    nestedPidNamespace: nested,
    kernel: release(),
    bootId: root?.tryRead('sys/kernel/random/boot_id')?.toString('latin1').trim() ?? '',
    pidNamespace,
    pid: process.pid,
    uid,
    user: users.name(uid),
  };
}

function kindOf(nested: boolean): WorldKind {
  if (existsSync('/.flatpak-info')) return 'flatpak'; // flatpak-metadata(5)
  if (process.env['SNAP'] && process.env['SNAP_NAME']) return 'snap';
  if (nested) return 'container'; // one that shares the machine's PID namespace shows the machine's processes
  return isWsl() ? 'wsl' : 'host';
}

/** WSL's kernel names its maker; a container inside it was recognised before. */
function isWsl(): boolean {
  try {
    return /microsoft/i.test(readFileSync('/proc/sys/kernel/osrelease', 'latin1'));
  } catch {
    return false; // no procfs: WSL always has one
  }
}
