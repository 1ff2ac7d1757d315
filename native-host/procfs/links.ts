import type { NamespaceId } from '../protocol.js';

/** `pid:[4026531836]`, as /proc/PID/ns/* read (namespaces(7)). null for anything else. */
export function parseNamespaceLink(link: string): NamespaceId | null {
  return (/^\w+:\[(\d+)\]$/.exec(link)?.[1] ?? null) as NamespaceId | null;
}

const deletedMark = ' (deleted)';

export interface ExePath {
  readonly path: string;
  readonly deleted: boolean;
}

/**
 * The kernel appends " (deleted)" to the path of an unlinked file (proc_pid_exe(5)). A file that is really named so
 * looks the same: the mark is a hint for people and decides nothing.
 */
export function parseExeLink(link: string): ExePath {
  const deleted = link.endsWith(deletedMark);
  return { path: deleted ? link.slice(0, -deletedMark.length) : link, deleted };
}
