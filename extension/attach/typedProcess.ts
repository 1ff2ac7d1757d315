import { largestPid } from '../largestPid';

/** What a person may type instead of choosing: a number, or the text that names a process. */
export type TypedProcess =
  { readonly kind: 'pid'; readonly pid: number } | { readonly kind: 'key'; readonly key: string };

/** Undefined for anything else: it is text to search for then. */
export function parseTypedProcess(text: string): TypedProcess | undefined {
  const trimmed = text.trim();
  if (/^\d+[:@]\d+$/.test(trimmed)) return { kind: 'key', key: trimmed };
  const pid = /^\d+$/.test(trimmed) ? Number(trimmed) : 0;
  return pid > 0 && pid <= largestPid ? { kind: 'pid', pid } : undefined;
}
