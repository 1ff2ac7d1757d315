import {
  namespaceTypes,
  type Container,
  type Namespace,
  type NamespaceId,
  type NamespaceMember,
  type NamespaceNews,
  type NamespaceSet,
  type NamespaceType,
} from '../../../native-host/protocol';
import { keyOf } from './rows';

const nothing: NamespaceNews = {
  sets: [],
  goneSets: [],
  namespaces: [],
  goneNamespaces: [],
  containers: [],
  goneContainers: [],
  members: [],
  goneMembers: [],
};

export const news = (more: Partial<NamespaceNews>): NamespaceNews => ({ ...nothing, ...more });

export const idOf = (text: string) => text as NamespaceId;

/** All eight by one inode, but for those that are given. */
export const setOf = (inode: string, more: Partial<NamespaceSet> = {}): NamespaceSet =>
  ({
    ...Object.fromEntries(namespaceTypes.map((type) => [type, idOf(inode)])),
    ...more,
  }) as NamespaceSet;

export const namespace = (
  type: NamespaceType,
  inode: string,
  more: Partial<Namespace> = {},
): Namespace => ({
  id: idOf(inode),
  type,
  parent: null,
  owner: null,
  ownerUid: null,
  ownerUser: null,
  isOurs: false,
  first: null,
  name: null,
  ...more,
});

export const member = (
  pid: number,
  set: number | null,
  more: Partial<NamespaceMember> = {},
): NamespaceMember => ({
  key: keyOf(pid),
  set,
  provisional: false,
  nsPid: null,
  container: null,
  cgroup: null,
  ...more,
});

export const container = (id: string, text: string, more: Partial<Container> = {}): Container => ({
  id,
  name: { text, source: 'cgroup', engine: 'docker' },
  first: null,
  proven: true,
  engineShell: null,
  engineName: null,
  isSettled: true,
  ...more,
});
