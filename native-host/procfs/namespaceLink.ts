import type { NamespaceId } from '../protocol.js';

/** `pid:[4026531836]`, as /proc/PID/ns/* read (namespaces(7)). null for anything else. */
export function parseNamespaceLink(link: string): NamespaceId | null {
  return (/^\w+:\[(\d+)\]$/.exec(link)?.[1] ?? null) as NamespaceId | null;
}
