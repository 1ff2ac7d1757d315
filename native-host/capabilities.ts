/**
 * What this kernel, container and user allow: each thing is used once, on ourselves. Versions are never compared:
 * distributions backport, and seccomp forbids what the version promises.
 */
import type { EpollLoop } from './kernel/epollLoop.js';
import type { Fd } from './kernel/fd.js';
import { PIDFD_SIGNAL_THREAD_GROUP } from './kernel/constants.js';
import { inodeOf } from './kernel/files.js';
import { processNumbers } from './kernel/nsfs.js';
import {
  isOnPidfs,
  openPidfd,
  openPidfdByInode,
  openPidNamespaceOf,
  openThreadPidfd,
  pidfdInfo,
  sendSignal,
} from './kernel/pidfd.js';
import { openPrivateProcfs } from './kernel/privateProcfs.js';
import { SysError } from './kernel/sysError.js';
import { ProcfsError, ProcRoot } from './procfs/procRoot.js';
import {
  capabilityIds,
  type Capability,
  type CapabilityId,
  type IdentityTier,
} from './protocol.js';
import { watchAnEnd, type End } from './process/endProbe.js';

type Probe = () => boolean | Promise<boolean>;

export interface Capabilities {
  readonly list: readonly Capability[];
  readonly tier: IdentityTier;
  readonly has: (id: CapabilityId) => boolean;
}

/** `without`: capabilities to do without, so that tests can walk the weaker tiers on a strong kernel. */
export async function probeCapabilities(
  loop: EpollLoop,
  without: ReadonlySet<string>,
): Promise<Capabilities> {
  const probes = probesOf(watchAnEnd(loop));
  const list = await Promise.all(
    capabilityIds.map((id) => tryOut(id, without.has(id) ? () => false : probes[id])),
  );
  const has = (id: CapabilityId) => list.some((one) => one.id === id && one.available);
  return { list, has, tier: tierOf(has) };
}

function tierOf(has: (id: CapabilityId) => boolean): IdentityTier {
  if (!has('pidfdOpen') || !has('pidfdSendSignal')) return 'none';
  if (has('pidfs')) return has('pidfsHandles') && has('pidfdInfo') ? 'handle' : 'inode';
  return has('procfs') ? 'startTime' : 'none';
}

function probesOf(ending: Promise<End | null>): Record<CapabilityId, Probe> {
  return {
    pidfdOpen: () => withSelf(() => true),
    pidfdSendSignal: () => withSelf((self) => (sendSignal(self, 0), true)),
    pidfs: () => withSelf(isOnPidfs),
    pidfdInfo: () => withSelf((self) => pidfdInfo(self).pid === process.pid),
    exitInfo: async () => (await ending)?.status === true,
    pollHup: async () => (await ending)?.hup === true,
    pidfsHandles: () => withSelf(reopensByHandle),
    namespaceIoctls: () => withSelf((self) => opened(openPidNamespaceOf(self))),
    translateIoctls: () => withSelf(translatesOurselves),
    procfs: () => opened(ProcRoot.open()),
    procfsAll: showsInit,
    privateProcfs: () => withSelf(opensPrivateProcfs),
    threadPidfds: () => opened(openThreadPidfd(process.pid)),
    groupSignals: () => withSelf((self) => (sendSignal(self, 0, PIDFD_SIGNAL_THREAD_GROUP), true)),
    procConnector: async () => (await ending)?.announced === true,
  };
}

async function tryOut(id: CapabilityId, probe: Probe): Promise<Capability> {
  try {
    return (await probe()) ? { id, available: true, error: null } : missing(id, null);
  } catch (error) {
    if (error instanceof SysError) return missing(id, error.code);
    if (error instanceof ProcfsError) return missing(id, error.fault);
    throw error;
  }
}

function missing(id: CapabilityId, error: string | null): Capability {
  return { id, available: false, error };
}

function withSelf<T>(use: (self: Fd) => T): T {
  const self = openPidfd(process.pid);
  try {
    return use(self);
  } finally {
    self[Symbol.dispose]();
  }
}

function opened(resource: Disposable): true {
  resource[Symbol.dispose]();
  return true;
}

function reopensByHandle(self: Fd): boolean {
  using again = openPidfdByInode(inodeOf(self));
  return inodeOf(again) === inodeOf(self);
}

function translatesOurselves(self: Fd): boolean {
  using namespace = openPidNamespaceOf(self);
  return processNumbers.into(namespace, process.pid) === process.pid;
}

function opensPrivateProcfs(self: Fd): boolean {
  using namespace = openPidNamespaceOf(self);
  return opened(openPrivateProcfs(namespace));
}

/** hidepid hides what is not ours: number 1 exists for pidfd_open, which asks no permission, but not in procfs. */
function showsInit(): boolean {
  using root = ProcRoot.open();
  return root.tryRead('1/stat') !== null;
}
