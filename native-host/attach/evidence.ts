import type { AttachReason } from '../protocol.js';

/** Real, effective, saved. */
export type Ids = readonly [number, number, number];

/** Of one process, as /proc/PID/status gives it: numbers of our user namespace. */
export interface Credentials {
  readonly uids: Ids;
  readonly gids: Ids;
  readonly permitted: bigint;
  readonly effective: bigint;
}

/** What a verdict is made of. */
export interface Evidence {
  readonly kernelThread: boolean;
  /** With all its threads. */
  readonly ended: boolean;
  readonly firstThreadEnded: boolean;
  readonly traced: Extract<AttachReason, { kind: 'traced' }> | null;
  /** The kernel's own, of credentials and security modules. */
  readonly answer: 'allowed' | 'denied' | null;
  readonly target: Credentials | null;
  readonly ours: Credentials;
  /** null where its owner does not tell. */
  readonly dumpable: boolean | null;
  readonly sharesUserNamespace: boolean | null;
  /** kernel.yama.ptrace_scope; null: no Yama. */
  readonly yamaScope: number | null;
  /** From the native host. */
  readonly descends: boolean;
  readonly ptraceCallable: boolean;
  /** Of AppArmor or SELinux. Untrusted. */
  readonly label: string | null;
}
