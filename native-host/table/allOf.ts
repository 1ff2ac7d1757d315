/** As Promise.all, which makes a promise of each value that is none: of thousands, where few are to be waited for. */
export async function allOf<T>(values: readonly (T | Promise<T>)[]): Promise<readonly T[]> {
  const promises = values.filter((value) => value instanceof Promise);
  if (promises.length === 0) return values as readonly T[];
  const results = (await Promise.all(promises)).values();
  return values.map((value) => (value instanceof Promise ? (results.next().value as T) : value));
}
