/** What the native host is, can do and sees. */
import type { NamespaceId } from './names.js';

export type IdentityTier = 'handle' | 'inode' | 'startTime' | 'none';

export const capabilityIds = [
  'pidfdOpen',
  'pidfdSendSignal',
  'pidfs',
  'pidfdInfo',
  'exitInfo',
  'pollHup',
  'pidfsHandles',
  'namespaceIoctls',
  'translateIoctls',
  'procfs',
  'procfsAll',
  'privateProcfs',
  'threadPidfds',
  'groupSignals',
  'procConnector',
] as const;
export type CapabilityId = (typeof capabilityIds)[number];

/** Probed by doing, never by kernel version. `error` is the errno name that the probe met. */
export interface Capability {
  readonly id: CapabilityId;
  readonly available: boolean;
  readonly error: string | null;
}

export type WorldKind = 'host' | 'container' | 'wsl' | 'flatpak' | 'snap';

/** What is wrong with /proc: there is none, it is no procfs, or one of another PID namespace. */
export type ProcfsFault = 'missing' | 'notProcfs' | 'foreign';

/** Where the native host reads processes from. */
export interface ProcfsUsed {
  /** `private`: one that is mounted nowhere, because of the fault. */
  readonly source: 'mounted' | 'private' | 'none';
  readonly fault: ProcfsFault | null;
}

/** Which processes this host can see at all, and why. */
export interface World {
  readonly kind: WorldKind;
  /** True when the host lives in a PID namespace below the machine's first. */
  readonly nestedPidNamespace: boolean;
  readonly kernel: string;
  /** Empty where no procfs tells it. */
  readonly bootId: string;
  readonly pidNamespace: NamespaceId | null;
  readonly procfs: ProcfsUsed;
  /** The native host's own number and user. */
  readonly pid: number;
  readonly uid: number;
  readonly user: string;
}

export interface InitializeResult {
  readonly protocolVersion: number;
  readonly tier: IdentityTier;
  readonly capabilities: readonly Capability[];
  readonly world: World;
  /** Soft limit of open files after raising it to the hard one: how many targets can be held, about. */
  readonly maxOpenFiles: number;
}

export const protocolVersion = 1;

export interface WorldRequests {
  /** First request. Probes once; later calls give the same answer. */
  initialize: { params: { protocolVersion: number }; result: InitializeResult };
}
