import type { Fd } from '../../kernel/fd.js';
import { inodeOf } from '../../kernel/files.js';
import { openOwningUserNamespace, openParentNamespace, ownerUidOf } from '../../kernel/nsfs.js';
import { SysError } from '../../kernel/sysError.js';
import type { Namespace, NamespaceId, NamespaceType } from '../../protocol.js';

/** What the kernel says of one namespace; none of it changes while the namespace lives. */
export type Facts = Pick<Namespace, 'type' | 'id' | 'parent' | 'owner' | 'ownerUid'>;

/** The namespace itself first, then its parents and owners, as far as they can be seen: each once. */
export function lineageOf(namespace: Fd, type: NamespaceType): Facts[] {
  const found = new Map<NamespaceId, Facts>();
  visit(namespace, type, found);
  return [...found.values()];
}

function visit(namespace: Fd, type: NamespaceType, found: Map<NamespaceId, Facts>): NamespaceId {
  const id = String(inodeOf(namespace)) as NamespaceId;
  if (found.has(id)) return id;
  found.set(id, { type, id, parent: null, owner: null, ownerUid: null }); // its place in the order
  const nests = type === 'pid' || type === 'user';
  const parent = nests ? relative(() => openParentNamespace(namespace), type, found) : null;
  const owner = relative(() => openOwningUserNamespace(namespace), 'user', found);
  const ownerUid = type === 'user' ? ownerUidOf(namespace) : null;
  found.set(id, { type, id, parent, owner, ownerUid });
  return id;
}

/** EPERM: outside our own. */
function relative(
  open: () => Fd,
  type: NamespaceType,
  found: Map<NamespaceId, Facts>,
): NamespaceId | null {
  try {
    using namespace = open();
    return visit(namespace, type, found);
  } catch (error) {
    if (SysError.is(error, 'EPERM', 'ENOTTY', 'EINVAL')) return null;
    throw error;
  }
}
