/** Waiting for a process that does not exist yet. */
import type { ProcessKey, TargetToken } from './names.js';
import type { ProcessRow } from './row.js';
import type { ErrorData } from './errors.js';

/**
 * Which program is waited for, at its exec. A name is the kernel's short name, the executable's file name, or that of a
 * script; a path is what `/proc/PID/exe` says; a regular expression is tried on the short name, the path and the command
 * line, 1,024 characters of each.
 */
export type NextPattern =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'executable'; readonly path: string }
  | { readonly kind: 'regex'; readonly source: string }
  | { readonly kind: 'any' };

/** `events`: the kernel tells of each exec, nobody is missed. `polling`: who ends between two looks is missed. */
export type NextMode =
  { readonly kind: 'events' } | { readonly kind: 'polling'; readonly intervalMs: number };

export interface NextRequests {
  /** `next/found` follows for the first exec that matches; with `under` for each, among its new descendants. */
  'next/watch': {
    params: {
      token: TargetToken;
      pattern: NextPattern;
      stop: boolean;
      under?: ProcessKey;
    };
    result: NextMode;
  };
  /** A process that stops itself at its next exec: `next/found` follows when it stands still there. */
  'next/expect': { params: { token: TargetToken; key: ProcessKey }; result: null };
  /** One that was found goes on, and is held no more. Idempotent. */
  'next/release': { params: { token: TargetToken; key: ProcessKey }; result: null };
  /** Waits no more; all that were found go on, and are held no more. Idempotent. */
  'next/end': { params: { token: TargetToken }; result: null };
}

/** Host to client. */
export interface NextNotifications {
  /** It is held until it is released. `stopped`: SIGSTOP was sent to it, or it stopped itself. */
  'next/found': { token: TargetToken; row: ProcessRow; stopped: boolean };
  /** It is waited no more, and whoever was found goes on. The token is free. */
  'next/failed': { token: TargetToken; error: ErrorData };
}
