import { existsSync, readFileSync } from 'node:fs';
import { release } from 'node:os';
import { PROC_PID_INIT_INO } from './kernel/constants.js';
import { openFile, readView } from './kernel/files.js';
import { openPidfd, openPidNamespaceOf } from './kernel/pidfd.js';
import { openPrivateProcfs } from './kernel/privateProcfs.js';
import { SysError } from './kernel/sysError.js';
import { namespaceId } from './namespaces/pidNamespaceFds.js';
import { parseNamespaceLink } from './procfs/namespaceLink.js';
import type { ProcRoot } from './procfs/procRoot.js';
import type { Users } from './procfs/users.js';
import type { NamespaceId, ProcfsUsed, World, WorldKind } from './protocol.js';

/** Which processes we can see at all: those of the machine, or of the container or sandbox that we were started in. */
export function describeWorld(root: ProcRoot | null, procfs: ProcfsUsed, users: Users): World {
  users.refresh();
  const pidNamespace = ownPidNamespace(root);
  const nested = pidNamespace !== null && BigInt(pidNamespace) !== PROC_PID_INIT_INO;
  const uid = process.getuid?.() ?? 0;
  return {
    kind: kindOf(nested),
    nestedPidNamespace: nested,
    kernel: release(),
    bootId: readBootId(root),
    pidNamespace,
    procfs,
    pid: process.pid,
    uid,
    user: users.name(uid),
  };
}

function ownPidNamespace(root: ProcRoot | null): NamespaceId | null {
  const link = root?.tryLink('self/ns/pid');
  if (link) return parseNamespaceLink(link);
  return orUnknown(() => {
    using self = openPidfd(process.pid);
    using namespace = openPidNamespaceOf(self); // 6.11, needs no procfs
    return namespaceId(namespace);
  });
}

/** The same in every procfs, also a foreign one. A private one has it only where it is asked for all. */
function readBootId(root: ProcRoot | null): string {
  const path = 'sys/kernel/random/boot_id';
  const bytes =
    root?.tryRead(path) ??
    tryReadFile(`/proc/${path}`) ??
    orUnknown(() => {
      using all = openPrivateProcfs(null, 'all');
      using file = openFile(path, all);
      return readView(file);
    });
  return bytes?.toString('latin1').trim() ?? '';
}

/** null where the kernel cannot or may not, whatever its reason. */
function orUnknown<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (SysError.is(error)) return null;
    throw error;
  }
}

function tryReadFile(path: string): Buffer | null {
  try {
    return readFileSync(path);
  } catch {
    return null; // no /proc
  }
}

function kindOf(nested: boolean): WorldKind {
  if (existsSync('/.flatpak-info')) return 'flatpak'; // flatpak-metadata(5)
  if (process.env['SNAP'] && process.env['SNAP_NAME']) return 'snap';
  if (nested) return 'container'; // one that shares the machine's PID namespace shows the machine's processes
  return isWsl() ? 'wsl' : 'host';
}

/** WSL's kernel names its maker; a container inside it was recognised before. */
function isWsl(): boolean {
  return /microsoft/i.test(release());
}
