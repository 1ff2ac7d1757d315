import { largestPid } from '../../largestPid';

/** What a person may type instead of choosing. */
export type TypedProcess =
  | { readonly kind: 'pid'; readonly pid: number }
  | { readonly kind: 'key'; readonly key: string }
  | { readonly kind: 'port'; readonly port: number }
  /** A number as a container counts, by the container's name or the start of its id. */
  | { readonly kind: 'inside'; readonly container: string; readonly nsPid: number };

const largestPort = 65_535;

/** `4711`, `4711:55210`, `:8080`, `web:7`. Undefined for anything else: it is text to search for then. */
export function parseTypedProcess(text: string): TypedProcess | undefined {
  const trimmed = text.trim();
  if (/^\d+[:@]\d+$/.test(trimmed)) return { kind: 'key', key: trimmed };
  const [, before, digits] = /^(?:([^\s:]*):)?(\d{1,7})$/.exec(trimmed) ?? [];
  const number = Number(digits ?? 0);
  if (before === '')
    return isNumber(number, largestPort) ? { kind: 'port', port: number } : undefined;
  if (!isNumber(number, largestPid)) return undefined;
  if (before === undefined) return { kind: 'pid', pid: number };
  return { kind: 'inside', container: before, nsPid: number };
}

const isNumber = (number: number, largest: number) => number > 0 && number <= largest;
