import type { NamespaceId, NamespaceRef, ProcessKey } from '../../native-host/protocol';

/** No number, and nothing that was meant as one of the others. */
const containerName = /^(?!\d+[:@])[^[\]]{0,254}[^\d[\]][^[\]]{0,254}$/;

/**
 * What a person may type for a PID namespace: its inode, plain or as `pid:[4026531836]`, the path of a nsfs file, what
 * names a process that is in it, or what a container is called. Undefined for anything else.
 */
export function parseTypedNamespace(text: string): NamespaceRef | undefined {
  const trimmed = text.trim();
  const inode = /^(?:pid:\[)?(\d{1,20})\]?$/.exec(trimmed)?.[1];
  if (inode !== undefined) return { kind: 'namespace', namespace: inode as NamespaceId };
  if (/^\d+[:@]\d+$/.test(trimmed)) return { kind: 'process', key: trimmed as ProcessKey };
  if (trimmed.startsWith('/')) return { kind: 'path', path: trimmed };
  return containerName.test(trimmed) ? { kind: 'container', name: trimmed } : undefined;
}
