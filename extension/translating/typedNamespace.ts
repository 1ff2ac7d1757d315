import type { NamespaceId, NamespaceRef, ProcessKey } from '../../native-host/protocol';

/**
 * What a person may type for a PID namespace: its inode, plain or as `pid:[4026531836]`, the path of a nsfs file, or what
 * names a process that is in it. Undefined for anything else.
 */
export function parseTypedNamespace(text: string): NamespaceRef | undefined {
  const trimmed = text.trim();
  const inode = /^(?:pid:\[)?(\d{1,20})\]?$/.exec(trimmed)?.[1];
  if (inode !== undefined) return { kind: 'namespace', namespace: inode as NamespaceId };
  if (/^\d+[:@]\d+$/.test(trimmed)) return { kind: 'process', key: trimmed as ProcessKey };
  return trimmed.startsWith('/') ? { kind: 'path', path: trimmed } : undefined;
}
