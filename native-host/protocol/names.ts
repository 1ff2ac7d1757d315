/** What things are called on the pipe, and the value that stands for what is not known. */
declare const brand: unique symbol;
type Branded<T extends string> = string & { readonly [brand]: T };

/** Names one process for one boot: `PID:INODE` (pidfs inode, Linux 6.9) or `PID@STARTTICKS` below. Opaque to clients. */
export type ProcessKey = Branded<'ProcessKey'>;
/** Names one thread for one boot, as a ProcessKey does a process: `TID:INODE`. */
export type ThreadKey = Branded<'ThreadKey'>;
/** Names a held target. The client chooses it, so that no notification can overtake its reply. */
export type TargetToken = Branded<'TargetToken'>;
/** A namespace's nsfs inode, as decimal text. */
export type NamespaceId = Branded<'NamespaceId'>;
/** Changes when the process executes another program. */
export type ProgramId = Branded<'ProgramId'>;

/** Why something is not known. "Unknown" is a value, never a made-up number. */
export type UnknownReason =
  | 'permission' // the kernel refused to tell this user
  | 'gone' // the process ended before it could be read
  | 'unsupported' // this kernel or container cannot tell
  | 'timeout' // the read did not come back in time
  | 'lost'; // it happened while nobody was watching

export type Known<T> = { readonly value: T } | { readonly unknown: UnknownReason };

export const namespaceTypes = [
  'cgroup',
  'ipc',
  'mnt',
  'net',
  'pid',
  'time',
  'user',
  'uts',
] as const;
export type NamespaceType = (typeof namespaceTypes)[number];
