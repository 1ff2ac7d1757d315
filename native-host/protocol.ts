/**
 * The whole contract between the extension and the native host: requests, notifications, rows, errors.
 *
 * JSON-RPC 2.0 over the host's stdin and stdout. This file imports nothing, and nothing else of `native-host/` may be
 * imported from outside. `docs/protocol.md` describes every method; a test compares the two.
 *
 * Words: `pid` is always a number in the native host's own PID namespace, `nsPid` a number in a named one. Neither
 * identifies a process: a `ProcessKey` does.
 */

declare const brand: unique symbol;
type Branded<T extends string> = string & { readonly [brand]: T };

/** Names one process for one boot: `PID:INODE` (pidfs inode, Linux 6.9) or `PID@STARTTICKS` below. Opaque to clients. */
export type ProcessKey = Branded<'ProcessKey'>;
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

/** One letter as in `/proc/PID/stat`, proc_pid_stat(5). */
export type ProcessState = 'R' | 'S' | 'D' | 'T' | 't' | 'Z' | 'X' | 'I' | 'P' | '?';

export type ProcessKind =
  | 'kernelThread'
  | 'containerInit' // number 1 of a PID namespace below ours
  | 'node'
  | 'python'
  | 'java'
  | 'go'
  | 'dotnet'
  | 'ruby'
  | 'shell'
  | 'native';

/** One process (a thread group). Without a procfs `state` is `?`, and little more than numbers is known. Strings come from the process itself: untrusted data, never markup. */
export interface ProcessRow {
  readonly key: ProcessKey;
  readonly pid: number;
  /** The parent's number and, where the parent is in the table, its key. Reparenting changes both. */
  readonly ppid: number;
  readonly parentKey: ProcessKey | null;
  /** Real uid in the native host's user namespace; null where unreadable. */
  readonly uid: number | null;
  /** The login name of `uid`, else the number as text, else "?". */
  readonly user: string;
  readonly state: ProcessState;
  /** Milliseconds since the epoch, to the clock tick (10 ms); null without a procfs. */
  readonly startedAt: number | null;
  /** The kernel's short name, at most 15 bytes (longer for some kernel threads); empty without a procfs. */
  readonly comm: string;
  /** argv, cut after 4 KiB; empty for kernel threads and zombies. */
  readonly args: readonly string[];
  readonly argsCut: boolean;
  /** Path as `/proc/PID/exe` names it, without " (deleted)"; null where unreadable or none. */
  readonly exe: string | null;
  readonly kind: ProcessKind;
  readonly program: ProgramId;
}

/** A number that one process has in one PID namespace. */
export interface NamespaceNumber {
  /** null where the namespace cannot be read (another user's process). */
  readonly namespace: NamespaceId | null;
  readonly nsPid: number;
}

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

/** What one row's tooltip and details need, read through one bound handle. */
export interface ProcessDetails {
  readonly row: ProcessRow;
  /** Full argv, cut after 256 KiB. */
  readonly args: Known<readonly string[]>;
  readonly argsCut: boolean;
  readonly exe: Known<string>;
  /** True when the executable's file was deleted or replaced since it was started. */
  readonly exeDeleted: boolean;
  readonly cwd: Known<string>;
  readonly namespaces: Readonly<Record<NamespaceType, Known<NamespaceId>>>;
  /** Outermost (the native host's own PID namespace) first. */
  readonly numbers: Known<readonly NamespaceNumber[]>;
  readonly threads: number | null;
}

/** Bytes that a process had fetched from storage and sent there since its start; the page cache does not count. */
export interface IoBytes {
  readonly read: number;
  readonly written: number;
}

/** What a process uses at one moment, read through one bound handle. */
export interface ProcessUsage {
  readonly key: ProcessKey;
  /**
   * Share of one processor since it was sampled before: 1 is all of one, and several threads can take more. In clock
   * ticks (10 ms), so rough where the time is short. null the first time, and again after half a minute unasked.
   */
  readonly cpu: number | null;
  /** Resident memory in bytes, what is shared with others included; 0 for kernel threads and zombies. */
  readonly rss: number;
  readonly threads: number;
  /** Needs the permission to trace it. */
  readonly io: Known<IoBytes>;
}

/** Where a process works, as its own root directory has it (a container's, perhaps). Untrusted. */
export interface ProcessFolder {
  readonly key: ProcessKey;
  /** Needs the permission to trace it. */
  readonly cwd: Known<string>;
}

/** Keys in one `processes/sample` or `processes/folders`, at most. */
export const mostSamples = 2000;

/** The namespaces of one process; null where they cannot be read. Few sets serve thousands of processes. */
export type NamespaceSet = Readonly<Record<NamespaceType, NamespaceId | null>>;

export type ContainerEngine =
  | 'docker'
  | 'podman'
  | 'containerd'
  | 'kubernetes'
  | 'crio'
  | 'lxc'
  | 'nspawn'
  | 'bubblewrap'
  | 'flatpak'
  | 'snap'
  | 'devcontainer'
  | 'oci' // made by runc or crun without an engine that we know
  | 'systemd'; // a unit or scope: no container, but a name

/** Who says what a thing is called. */
export type NameSource = 'cgroup' | 'state' | 'engine' | 'hostname' | 'init';

/** A name that a person recognises. Untrusted data: container and host names come from whoever made them. */
export interface GivenName {
  readonly text: string;
  readonly source: NameSource;
  readonly engine: ContainerEngine | null;
}

/** One namespace of any type. */
export interface Namespace {
  readonly id: NamespaceId;
  readonly type: NamespaceType;
  /** NS_GET_PARENT: of PID and user namespaces; null for the outermost that can be seen, and for all other types. */
  readonly parent: NamespaceId | null;
  /** NS_GET_USERNS: the user namespace whose root may act on it; null where it cannot be told. */
  readonly owner: NamespaceId | null;
  /** NS_GET_OWNER_UID, of user namespaces: who made it, in the native host's user namespace. */
  readonly ownerUid: number | null;
  /** The login name of `ownerUid`, else the number as text; null where `ownerUid` is. */
  readonly ownerUser: string | null;
  /** The native host is in it. */
  readonly isOurs: boolean;
  /** Number 1 of a PID namespace; of another type, the member that was started first. */
  readonly first: ProcessKey | null;
  readonly name: GivenName | null;
}

/** Processes that belong together, by cgroup or by ancestry: a container, or a unit of systemd. */
export interface Container {
  /** Stable while it lives. */
  readonly id: string;
  readonly name: GivenName;
  readonly first: ProcessKey | null;
  /** False where `ns/*` cannot be read: grouped by cgroup and ancestry alone. */
  readonly proven: boolean;
  /** A command line that runs a shell in it by its own engine; null where there is none. */
  readonly engineShell: readonly string[] | null;
  /** What its engine calls it, where its name is another one: a dev container is called by its folder. */
  readonly engineName: string | null;
  /** False while somebody may still be asked: a better name, or a shell, may come. */
  readonly isSettled: boolean;
}

export interface NamespaceMember {
  readonly key: ProcessKey;
  /** Index into the sets told so far; null where not one link can be read. */
  readonly set: number | null;
  /** The set is its parent's, presumed for now; its own links are read soon. */
  readonly provisional: boolean;
  /** Its number in its own PID namespace, where that is not the native host's. */
  readonly nsPid: number | null;
  readonly container: Container['id'] | null;
  /** Path as `/proc/PID/cgroup` gives it, of the unified hierarchy or the first with a name; null where unreadable. */
  readonly cgroup: string | null;
}

/**
 * Everything at first, then what changed. Sets are counted as they are told: an index never means another one. What is
 * gone comes first: a key in `goneMembers` and in `members` is there. But a set is told before it is gone.
 */
export interface NamespaceNews {
  readonly sets: readonly NamespaceSet[];
  /** Indices of those that nobody is in any more. */
  readonly goneSets: readonly number[];
  readonly namespaces: readonly Namespace[];
  readonly goneNamespaces: readonly { readonly type: NamespaceType; readonly id: NamespaceId }[];
  readonly containers: readonly Container[];
  readonly goneContainers: readonly Container['id'][];
  readonly members: readonly NamespaceMember[];
  readonly goneMembers: readonly ProcessKey[];
}

/** Who to be in namespaces that are entered: the process' user, number 0 there, or who we are. */
export const entryUsers = ['target', 'root', 'ours'] as const;
export type EntryUser = (typeof entryUsers)[number];

/** Why a namespace cannot be entered. */
export type EntryRefusal =
  | 'unreadable' // the kernel does not show us which one it is (another user's process)
  | 'permission' // setns(2) refuses
  | 'needsUser' // only together with the user namespace
  | 'noSuchUser'; // nobody is that user there, or only root may become it

export interface EntryOption {
  readonly type: NamespaceType;
  /** Another one than the native host's; null where it cannot be told. */
  readonly differs: boolean | null;
  /** null: it can be entered. */
  readonly refusal: EntryRefusal | null;
}

/** Whether namespaces can be entered, tried out by nsenter(1) without running anything in there. */
export interface Entry {
  readonly options: readonly EntryOption[];
  /** Of what was asked for, all together; null: it can be entered. */
  readonly refusal: EntryRefusal | null;
  /** What nsenter says against it, for the log and for "details". */
  readonly cause: string | null;
  /** A shell in the process' root directory; null where there is none, or it cannot be seen. */
  readonly shell: string | null;
}

export interface PidNamespace {
  readonly id: NamespaceId;
  readonly parent: NamespaceId | null;
  /** 0 is the native host's own. */
  readonly depth: number;
  /** The process with number 1 there; null when it cannot be seen or has exited. */
  readonly init: ProcessRow | null;
  readonly processes: number;
}

export type ExitStatus =
  | { readonly kind: 'exited'; readonly code: number }
  /** `coreDumped` is null where the kernel does not tell. */
  | { readonly kind: 'signaled'; readonly signal: number; readonly coreDumped: boolean | null }
  | { readonly kind: 'unknown'; readonly reason: UnknownReason };

/** Where a status came from; weaker sources are used only where better ones are missing. */
export type ExitSource = 'pidfd' | 'connector' | 'zombie' | 'none';

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

/** `noNews`: the kernel tells us nothing here. `silence`: it has ceased to. */
export type ScanReason = 'noNews' | 'silence';

/**
 * How fresh the table is while somebody is subscribed. `events`: the kernel tells what happens, and it is known some
 * milliseconds later, but for states, which are looked at in turn. `scan`: everything is read again after so long:
 * the sooner, the more happens.
 */
export type TableMode =
  | { readonly kind: 'events' }
  | {
      readonly kind: 'scan';
      readonly shortestMs: number;
      readonly longestMs: number;
      readonly reason: ScanReason;
    };

export interface TableSnapshot {
  readonly rows: readonly ProcessRow[];
  readonly mode: TableMode;
}

/** A recycled number is a removed row and an added row, never a changed one. */
export interface TableDelta {
  readonly added: readonly ProcessRow[];
  readonly changed: readonly ProcessRow[];
  readonly removed: readonly ProcessKey[];
  /** Only where it is another one from now on. */
  readonly mode?: TableMode;
}

/** `endedAlready`: the process is a zombie; the kernel accepts the signal and nothing feels it. */
export type SignalOutcome = 'sent' | 'endedAlready';

/** Names one thread for one boot, as a ProcessKey does a process: `TID:INODE`. */
export type ThreadKey = Branded<'ThreadKey'>;

export interface ThreadRow {
  readonly key: ThreadKey;
  readonly tid: number;
  readonly comm: string;
  readonly state: ProcessState;
}

/** `group` is the process group of the process, whoever leads it. */
export type SignalScope =
  | { readonly kind: 'process' }
  | { readonly kind: 'thread'; readonly thread: ThreadKey }
  | { readonly kind: 'group' };

/** A member of a group whose leader is gone: the kernel takes no group signal then, so each got its own. */
export interface GroupMember {
  readonly row: ProcessRow;
  /** null: sent. */
  readonly error: ErrorKind | null;
}

export interface SignalResult {
  readonly outcome: SignalOutcome;
  /** Only where a group was signalled one by one. */
  readonly members: readonly GroupMember[] | null;
}

/** One of several that were signalled by one request. */
export type BatchResult = { readonly result: SignalResult } | { readonly error: ErrorData };

/** What a signal would do, signal(7). */
export type SignalEffect =
  | 'terminate'
  | 'core'
  | 'stop'
  | 'continue'
  | 'ignored' // by the process, or because that is the signal's default
  | 'handled' // caught
  | 'blocked' // in every thread: it waits until one unblocks it
  | 'initIgnores' // number 1 of a PID namespace takes only what it handles
  | 'unknown';

/** Why a person should think twice. */
export type SignalGuard =
  | 'host' // the native host itself
  | 'ancestor' // one of its ancestors
  | 'vscode' // another process of this VS Code
  | 'init' // number 1 here
  | 'sessionLeader'; // of the session that this VS Code runs in

export interface SignalPreview {
  readonly row: ProcessRow;
  readonly effect: SignalEffect;
  /** Numbers of signals that wait to be taken already. */
  readonly pending: readonly number[];
  /** For the scope of a group: of all its members. */
  readonly guards: readonly SignalGuard[];
  /** For that scope only: the effect on each of its members. */
  readonly members?: readonly SignalEffect[];
}

/** The same for every signal, from one look. */
export interface SignalPreviews {
  readonly row: ProcessRow;
  /** 64 of them: that of signal 1 comes first. */
  readonly effects: readonly SignalEffect[];
  readonly pending: readonly number[];
  readonly guards: readonly SignalGuard[];
}

/** The whole tree: the root, its descendants at the start, and all that they create afterwards. */
export interface TreePreview {
  readonly rows: readonly ProcessRow[];
  readonly guards: readonly SignalGuard[];
  /** It is the foreground job of a terminal, which will say "Stopped" and take itself back. */
  readonly foreground: boolean;
}

export type TreeMemberOutcome =
  | 'ended' // after the first signal, within the time
  | 'killed' // by SIGKILL, after the time
  | 'gone' // before anything was sent
  | 'denied' // not permitted: another user's
  | 'leftStopped' // stopped by us, and another user's since: we were not permitted to continue it
  | 'survived'; // still there at the end (cancelled, or not permitted)

export interface TreeMember {
  readonly row: ProcessRow;
  readonly outcome: TreeMemberOutcome;
  /** The last one that was sent to it, by which it ended if it did; null: none was. */
  readonly signal: number | null;
  /** Milliseconds from the first freezing to its end, by a clock that nobody sets; null: still there, or gone before. */
  readonly endedAfterMs: number | null;
}

export interface TreeReport {
  /** In the order in which they were taken in; parents before children. */
  readonly members: readonly TreeMember[];
  /** Without the kernel's own news of forks some may have left the tree unseen. */
  readonly mayHaveEscaped: boolean;
  readonly cancelled: boolean;
}

/** What runs of a lineage that was followed. */
export interface LineageLeft {
  readonly rows: readonly ProcessRow[];
  /** Without the kernel's own news of forks, or where some of it was dropped, others may run unseen. */
  readonly mayHaveEscaped: boolean;
}

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

/** Send `signal`, then wait so long for the end. */
export interface SignalStep {
  readonly signal: number;
  readonly waitMs: number;
}

export type TreePhase = 'freezing' | 'waiting' | 'killing';

export interface Translation {
  readonly row: ProcessRow;
  readonly numbers: readonly NamespaceNumber[];
  /**
   * `pidfd`: NSpid of the held pidfd, no number looked up. `ioctl`: NS_GET_TGID_* on the namespace itself (6.11).
   * `scan`: NSpid lines with ns/pid inodes compared.
   */
  readonly proof: 'pidfd' | TranslationWay;
}

/** A PID namespace, by whatever is at hand. A process stands for the one that it is in. */
export type NamespaceRef =
  | { readonly kind: 'ours' } // the native host's own
  | { readonly kind: 'process'; readonly key: ProcessKey }
  | { readonly kind: 'namespace'; readonly namespace: NamespaceId }
  /** Name or id, as the containers of the inventory have it. */
  | { readonly kind: 'container'; readonly name: string }
  /** An absolute path to a nsfs file: a bind mount, or `/proc/PID/ns/pid`. */
  | { readonly kind: 'path'; readonly path: string };

/** translate_pid(number, source, target) for many numbers at once. */
export interface TranslationItem {
  readonly numbers: readonly number[];
  readonly source: NamespaceRef;
  readonly target: NamespaceRef;
  /** Numbers of threads, not of processes. */
  readonly threads?: boolean;
}

/**
 * A number in the target, or why there is none:
 * `noneThere`: it exists, and the target does not see it; `noProcess`: nobody has that number in the source;
 * `isThread`: it is a thread's, and a process' was asked for; `unproven`: the kernel does not tell this user.
 */
export type TranslatedNumber = number | 'noneThere' | 'noProcess' | 'isThread' | 'unproven';

/** How one namespace lies to another. `outside`: neither in it nor equal to it, though it may be around it. */
export type NamespaceRelation = 'equal' | 'inside' | 'outside';

/** `ioctl`: the kernel on the namespaces themselves (6.11). `scan`: NSpid lines with ns/pid inodes compared. */
export type TranslationWay = 'ioctl' | 'scan';

export interface TranslatedNumbers {
  /** One for each number, in order. */
  readonly answers: readonly TranslatedNumber[];
  readonly source: NamespaceId;
  readonly target: NamespaceId;
  /** How the source lies to the target, by NS_GET_PARENT; null where that is out of sight. */
  readonly relation: NamespaceRelation | null;
  readonly proof: TranslationWay;
}

export type TranslationResult = TranslatedNumbers | { readonly error: ErrorData };

/** A process as the init of a PID namespace sees it. */
export interface OwnTreeRow {
  readonly nsPid: number;
  /** 0: none, or one outside of the namespace. */
  readonly parentNsPid: number;
  readonly comm: string;
  readonly state: ProcessState;
  /** argv, cut after 4 KiB. */
  readonly args: readonly string[];
  readonly argsCut: boolean;
  /** The same process as the native host knows it: it was held while it was read. */
  readonly key: ProcessKey;
  readonly pid: number;
}

/** Who traces a process by ptrace(2): a debugger, strace... */
export interface Tracer {
  readonly row: ProcessRow;
  /** It descends from the client, as debug adapters do, and what they start. */
  readonly isOurs: boolean;
}

/** What can be seen from outside of whether a debugger is on a process. */
export interface AttachProof {
  /** Dead, not yet collected: nobody can attach to it. */
  readonly hasExited: boolean;
  /** null: none, or none that has a number in the native host's PID namespace. */
  readonly tracer: Tracer | null;
}

export interface TracedProcess {
  readonly row: ProcessRow;
  readonly tracer: Tracer;
}

/** What the kernel would say to a debugger that is started from here. */
export type AttachVerdict = 'allowed' | 'refused' | 'unsure';

export interface UserIds {
  readonly real: number;
  readonly effective: number;
  readonly saved: number;
}

/** Why a debugger cannot attach, or why that is not sure. Data only: the words are the client's. */
export type AttachReason =
  | { readonly kind: 'kernelThread' }
  | { readonly kind: 'ended' } // a zombie
  | { readonly kind: 'firstThreadEnded' } // others run on: ptrace(2) refuses the process' number then
  /** `tracer` is null where it is out of sight. */
  | { readonly kind: 'traced'; readonly tid: number; readonly tracer: Tracer | null }
  | { readonly kind: 'otherUser'; readonly uids: UserIds }
  | { readonly kind: 'setUid'; readonly uids: UserIds } // started by us, with another user's or group's rights
  | { readonly kind: 'notDumpable' } // by PR_SET_DUMPABLE, or by a set-uid or set-capability program
  | { readonly kind: 'capabilities' } // it may do more than we
  | { readonly kind: 'userNamespace' } // one that we have no rights in
  /**
   * kernel.yama.ptrace_scope. `descends`: from the native host, which may attach then; a debugger has other descendants.
   * Whom a program has named by PR_SET_PTRACER cannot be read.
   */
  | { readonly kind: 'yama'; readonly scope: 1 | 2 | 3; readonly descends: boolean }
  | { readonly kind: 'noCapability' } // we are root without CAP_SYS_PTRACE: a container
  | { readonly kind: 'ptraceForbidden' } // ptrace(2) itself, by a seccomp filter over us
  | { readonly kind: 'securityModule'; readonly label: string | null } // nothing above explains the refusal
  | { readonly kind: 'cannotAsk' }; // neither by pidfd_getfd(2) nor by /proc/PID/mem

/** What builds and mends a debugger's configuration. */
export interface AttachFacts {
  readonly exe: Known<string>;
  readonly exeDeleted: boolean;
  /** From the native host's own PID namespace inwards. */
  readonly numbers: Known<readonly number[]>;
  /** Whether it is in the native host's own; null where that cannot be told. */
  readonly shares: Readonly<Record<'pid' | 'mnt' | 'net' | 'user', boolean | null>>;
  /** Also where a program has a handler of its own; null where that cannot be told. */
  readonly catchesSigusr1: boolean | null;
  readonly stopped: boolean;
  /** NODE_OPTIONS as it was when a Node was started; null: none, no Node, or it cannot be read. Untrusted. */
  readonly nodeOptions: string | null;
  /** Only where it was asked for. */
  readonly gdb: GdbFacts | null;
}

/** The gdb that is found on PATH. */
export interface GdbFacts {
  /** null: there is none, or it does not say. */
  readonly version: string | null;
  /** Before 14 it cannot write the registers of a CPU with AMX: calls into the program fail, and leave errors in it. */
  readonly spoilsCalls: boolean;
}

export interface AttachPreflight {
  readonly row: ProcessRow;
  readonly verdict: AttachVerdict;
  /** The nearest first; empty where it is allowed. */
  readonly reasons: readonly AttachReason[];
  /** How the kernel was asked. */
  readonly asked: 'pidfd' | 'mem' | 'none';
  readonly guards: readonly SignalGuard[];
  readonly facts: AttachFacts;
}

/** A TCP socket that waits for connections, in the network namespace of its process. */
export interface TcpListener {
  /** `127.0.0.1`, `0.0.0.0`, `::1`, `::`... */
  readonly address: string;
  readonly port: number;
}

/** Where one process waits for connections. */
export interface Listening {
  readonly key: ProcessKey;
  readonly tcp: Known<readonly TcpListener[]>;
  /** Paths of Unix sockets, abstract ones with `@` first; null where not asked for. Untrusted. */
  readonly unix: Known<readonly string[]> | null;
}

export interface PortOwners {
  /** Empty: the port is free. */
  readonly listeners: readonly TcpListener[];
  /** Several may share a socket. Empty though somebody listens: it is out of sight. */
  readonly owners: readonly ProcessRow[];
}

export interface PortServed {
  /**
   * How that process is behind the port: it listens there, or holds a connection that came to it, or whoever does is
   * connected with it, as debugpy's adapter is. null: not at all, as far as can be seen.
   */
  readonly by: 'listening' | 'connected' | 'helper' | null;
  /** Where it, or its helper, waits for connections at that port; null where neither does (any more). */
  readonly at: TcpListener | null;
  /** Who else listens there or holds such a connection; looked for only where the process itself does neither. */
  readonly others: readonly ProcessRow[];
}

/** Every request: its parameters and its result. */
export interface Requests {
  /** First request. Probes once; later calls give the same answer. */
  initialize: { params: { protocolVersion: number }; result: InitializeResult };
  /** Starts the table and gives all rows; `processes/delta` follows until unsubscribed. */
  'processes/subscribe': { params: null; result: TableSnapshot };
  'processes/unsubscribe': { params: null; result: null };
  /** Scans now, whatever the interval. The deltas are sent before the reply. */
  'processes/refresh': { params: null; result: null };
  /** One scan without a subscription: for pickers. */
  'processes/list': { params: null; result: TableSnapshot };
  'processes/details': { params: { key: ProcessKey }; result: ProcessDetails };
  /** What these processes use now; those that ended are left out. At most `mostSamples` keys. */
  'processes/sample': {
    params: { keys: readonly ProcessKey[] };
    result: { usages: readonly ProcessUsage[] };
  };
  /** Proportional set size in bytes. Dear for the process: only for one that a person looks at. */
  'processes/pss': { params: { key: ProcessKey }; result: { pss: Known<number> } };
  /** Where these processes work; those that ended are left out. At most `mostSamples` keys. */
  'processes/folders': {
    params: { keys: readonly ProcessKey[] };
    result: { folders: readonly ProcessFolder[] };
  };
  /** The process that has this number now: for numbers that a person typed. It is only as sure as that. */
  'processes/find': { params: { pid: number }; result: ProcessRow };
  /** Opens text that a person typed or a window stored: `PID:INODE` or `PID@STARTTICKS`. */
  'processes/open': { params: { key: string }; result: ProcessRow };
  /** With `program`, refuses with `ProgramChanged` when the process runs another program by now. */
  'signal/send': {
    params: {
      key: ProcessKey;
      signal: number;
      program?: ProgramId;
      scope?: SignalScope;
      value?: number;
    };
    result: SignalResult;
  };
  /** Each by its own key, in order; one that fails does not keep the others from theirs. */
  'signal/batch': {
    params: {
      items: readonly { readonly key: ProcessKey; readonly program?: ProgramId }[];
      signal: number;
      scope?: SignalScope;
      value?: number;
    };
    result: { results: readonly BatchResult[] };
  };
  'signal/preview': {
    params: { key: ProcessKey; signal: number; scope?: SignalScope };
    result: SignalPreview;
  };
  /** For pickers: what each signal would do, in one look. */
  'signal/previews': { params: { key: ProcessKey }; result: SignalPreviews };
  'signal/threads': { params: { key: ProcessKey }; result: { threads: readonly ThreadRow[] } };
  'tree/preview': { params: { key: ProcessKey }; result: TreePreview };
  /** Answers when it is over. `tree/progress` follows under the token until then. */
  'tree/stop': {
    params: {
      token: TargetToken;
      key: ProcessKey;
      program?: ProgramId;
      steps: readonly SignalStep[];
    };
    result: TreeReport;
  };
  /** Continues what was stopped, kills nobody any more; `tree/stop` answers with what has become of each. */
  'tree/cancel': { params: { token: TargetToken }; result: null };
  /** From now on its descendants are known, whoever becomes their parent. A token may have several roots. */
  'lineage/follow': { params: { token: TargetToken; key: ProcessKey; ours?: true }; result: null };
  /** Who of all that were followed still runs. */
  'lineage/left': { params: { token: TargetToken }; result: LineageLeft };
  /** Idempotent. */
  'lineage/forget': { params: { token: TargetToken }; result: null };
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
  /** Holds a pidfd until release; `target/exited` and `target/reaped` follow, never before the reply. */
  'target/hold': { params: { token: TargetToken; key: ProcessKey }; result: { row: ProcessRow } };
  /** Idempotent: a token that is not held is no error. */
  'target/release': { params: { token: TargetToken }; result: null };
  /** What it is to a debugger, by what is in its executable and mapped: never `containerInit`, nor `shell`. */
  'attach/runtime': { params: { key: ProcessKey }; result: { kind: ProcessKind } };
  /** Whether a debugger is on that very process. */
  'attach/proof': { params: { key: ProcessKey }; result: AttachProof };
  /** Everybody who is traced now: to find out whom a debugger hit instead. */
  'attach/traced': { params: null; result: { traced: readonly TracedProcess[] } };
  /** Outward-in: the numbers of one process in every PID namespace that it is in. */
  'translate/numbers': { params: { key: ProcessKey }; result: Translation };
  /** Inward-out: the process that has `nsPid` in that namespace; null when there is none. */
  'translate/find': {
    params: { namespace: NamespaceId; nsPid: number };
    result: Translation | null;
  };
  /** Numbers alone: no process is held, and none is promised to be the same a moment later. */
  'translate/batch': {
    params: { items: readonly TranslationItem[] };
    result: { results: readonly TranslationResult[] };
  };
  /** From a procfs of that namespace alone, which is mounted nowhere. */
  'namespaces/ownTree': {
    params: { namespace: NamespaceRef };
    result: { namespace: NamespaceId; rows: readonly OwnTreeRow[] };
  };
  /** PID namespaces with at least one readable process; `unreadable` processes belong to none of them for sure. */
  'namespaces/pid': {
    params: null;
    result: { namespaces: readonly PidNamespace[]; unreadable: number };
  };
  /** Everything, mostly presumed; `namespaces/news` follows until unsubscribed. */
  'namespaces/subscribe': { params: null; result: NamespaceNews };
  'namespaces/unsubscribe': { params: null; result: null };
  /** `join`: all that differ, if left out. `user`: `target`, if left out. */
  'namespaces/enterable': {
    params: { key: ProcessKey; join?: readonly NamespaceType[]; user?: EntryUser };
    result: Entry;
  };
  /** As the kernel would answer ptrace(2). Nothing is attached, and the process does not notice. */
  'attach/preflight': { params: { key: ProcessKey; gdb?: boolean }; result: AttachPreflight };
  /** `keys` null: of all processes that listen at all. */
  'sockets/listening': {
    params: { keys: readonly ProcessKey[] | null; unix?: boolean };
    result: { processes: readonly Listening[] };
  };
  /** Who listens on a TCP port in the network namespace of that process; in our own, if left out. */
  'sockets/owner': { params: { port: number; key?: ProcessKey }; result: PortOwners };
  /** What a TCP port in the network namespace of that process has to do with it. */
  'sockets/served': { params: { port: number; key: ProcessKey }; result: PortServed };
  /**
   * Whether the two ends of a connection from `peer` to `port`, both of 127.0.0.1 in the native host's network namespace,
   * belong to the same user. null: it cannot be told, or there is no such connection.
   */
  'sockets/sameUser': {
    params: { port: number; peer: number };
    result: { isSame: boolean | null };
  };
  /** On what it has begun to listen that is not in `known`, as soon as there is something; nothing when the time is over. */
  'sockets/opened': {
    params: { key: ProcessKey; known: readonly TcpListener[]; withinMs: number };
    result: { listeners: readonly TcpListener[] };
  };
  /** The path of a Unix socket that leads to that port in the network namespace of the process, until it is closed. */
  'bridge/open': {
    params: { token: TargetToken; key: ProcessKey; address: string; port: number };
    result: { socket: string };
  };
  /** Idempotent. */
  'bridge/close': { params: { token: TargetToken }; result: null };
}

/** Host to client. */
export interface Notifications {
  'processes/delta': TableDelta;
  /** What was read meanwhile, and what changed. */
  'namespaces/news': NamespaceNews;
  /** Dead, not yet collected by its parent: the status may still be unknown. `parent` is who must collect it. */
  'target/exited': {
    token: TargetToken;
    at: number;
    parent: { pid: number; comm: string } | null;
  };
  /** Collected. The pidfd is closed and the token free before this is sent. */
  'target/reaped': { token: TargetToken; at: number; status: ExitStatus; source: ExitSource };
  /** It is held until it is released. `stopped`: SIGSTOP was sent to it, or it stopped itself. */
  'next/found': { token: TargetToken; row: ProcessRow; stopped: boolean };
  /** It is waited no more, and whoever was found goes on. The token is free. */
  'next/failed': { token: TargetToken; error: ErrorData };
  /** `added` were taken in since the last time, and are told before they are stopped. `left`: not ended yet. */
  'tree/progress': {
    token: TargetToken;
    phase: TreePhase;
    added: readonly ProcessRow[];
    left: number;
  };
}

export type Method = keyof Requests;
export type Params<M extends Method> = Requests[M]['params'];
export type Result<M extends Method> = Requests[M]['result'];
export type NotificationName = keyof Notifications;

/** Sent as requests: the client answers null when it has taken it, and only then may the next one come. */
export const deliveries = ['processes/delta'] as const satisfies readonly NotificationName[];
export type DeliveryName = (typeof deliveries)[number];

/** Compile-time complete lists, so that both ends and the documentation test can walk them. */
export const methods = Object.keys({
  initialize: 0,
  'processes/subscribe': 0,
  'processes/unsubscribe': 0,
  'processes/refresh': 0,
  'processes/list': 0,
  'processes/details': 0,
  'processes/sample': 0,
  'processes/pss': 0,
  'processes/folders': 0,
  'processes/find': 0,
  'processes/open': 0,
  'signal/send': 0,
  'signal/batch': 0,
  'signal/preview': 0,
  'signal/previews': 0,
  'signal/threads': 0,
  'tree/preview': 0,
  'tree/stop': 0,
  'tree/cancel': 0,
  'lineage/follow': 0,
  'lineage/left': 0,
  'lineage/forget': 0,
  'next/watch': 0,
  'next/expect': 0,
  'next/release': 0,
  'next/end': 0,
  'target/hold': 0,
  'target/release': 0,
  'attach/runtime': 0,
  'attach/proof': 0,
  'attach/traced': 0,
  'translate/numbers': 0,
  'translate/find': 0,
  'translate/batch': 0,
  'namespaces/ownTree': 0,
  'namespaces/pid': 0,
  'namespaces/subscribe': 0,
  'namespaces/unsubscribe': 0,
  'namespaces/enterable': 0,
  'attach/preflight': 0,
  'sockets/listening': 0,
  'sockets/owner': 0,
  'sockets/served': 0,
  'sockets/sameUser': 0,
  'sockets/opened': 0,
  'bridge/open': 0,
  'bridge/close': 0,
} satisfies Record<Method, 0>) as readonly Method[];

export const notifications = Object.keys({
  'processes/delta': 0,
  'namespaces/news': 0,
  'target/exited': 0,
  'target/reaped': 0,
  'next/found': 0,
  'next/failed': 0,
  'tree/progress': 0,
} satisfies Record<NotificationName, 0>) as readonly NotificationName[];

/** Every failure has one kind; the extension has one table from kind to sentence and next step. */
export type ErrorKind =
  | 'Gone' // the process ended, or the number belongs to another by now
  | 'Denied' // EPERM or EACCES
  | 'Unsupported' // this kernel, container or identity tier cannot do it
  | 'Invalid' // parameters that no correct client sends, or a typed number that cannot be
  | 'NotAProcess' // the number is a thread's
  | 'Invisible' // the process has no number in the native host's PID namespace
  | 'Refused' // it would stop the one that must continue it, or is none of this VS Code's
  | 'Overlaps' // it belongs to a tree that is being stopped already, or is above one
  | 'ProgramChanged' // exec since the row was drawn
  | 'Exhausted' // EMFILE, ENFILE, ENOMEM: `limit` says how many files may be open
  | 'Internal';

export const errorCodes: Readonly<Record<ErrorKind, number>> = {
  Gone: -32001,
  Denied: -32002,
  Unsupported: -32003,
  Invalid: -32602, // JSON-RPC's own "invalid params"
  NotAProcess: -32005,
  Invisible: -32006,
  ProgramChanged: -32007,
  Refused: -32009,
  Overlaps: -32011,
  Exhausted: -32008,
  Internal: -32603, // JSON-RPC's own "internal error"
};

/** `error.data` of every failed reply. */
export interface ErrorData {
  readonly kind: ErrorKind;
  /** `syscall ERRNO`, for the log and for "details". */
  readonly cause: string | null;
  readonly pid: number | null;
  /** `ProgramChanged`: what runs there now. `Denied`: whose it is. */
  readonly row: ProcessRow | null;
  /** `Exhausted`: the limit that was reached. */
  readonly limit: number | null;
}
