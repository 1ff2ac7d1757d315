/** JSON that others wrote: looked into, never trusted to have a shape. */
export function parseJson(text: string | null): unknown {
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch {
    return null; // not theirs, half written, or cut at our limit: nothing is known
  }
}

export function at(value: unknown, ...path: readonly string[]): unknown {
  let inner = value;
  for (const name of path) {
    if (typeof inner !== 'object' || inner === null || !Object.hasOwn(inner, name)) return null;
    inner = (inner as Record<string, unknown>)[name];
  }
  return inner;
}

/** Names are shown in one line: no longer than that. */
const longest = 256;

export function textAt(value: unknown, ...path: readonly string[]): string | null {
  const text = at(value, ...path);
  return typeof text === 'string' && text !== '' ? text.slice(0, longest) : null;
}
