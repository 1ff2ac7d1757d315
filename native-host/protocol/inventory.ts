/** The live inventory of namespaces and containers. */
import type { NamespaceId, NamespaceType, ProcessKey } from './names.js';

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

export interface InventoryRequests {
  /** Everything, mostly presumed; `namespaces/news` follows until unsubscribed. */
  'namespaces/subscribe': { params: null; result: NamespaceNews };
  'namespaces/unsubscribe': { params: null; result: null };
}

/** Host to client. */
export interface InventoryNotifications {
  /** What was read meanwhile, and what changed. */
  'namespaces/news': NamespaceNews;
}
