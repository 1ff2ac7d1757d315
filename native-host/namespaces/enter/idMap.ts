/** /proc/PID/uid_map and gid_map (user_namespaces(7)): lines of first number inside, first outside, how many. */
export type IdMap = readonly { inside: number; outside: number; count: number }[];

export function parseIdMap(bytes: Buffer): IdMap {
  return bytes
    .toString('latin1')
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(\d+)\s*$/.exec(line))
    .filter((match) => match !== null)
    .map(([, inside, outside, count]) => ({
      inside: Number(inside),
      outside: Number(outside),
      count: Number(count),
    }));
}

/** The number inside; null: it has none there. */
export function toInside(map: IdMap, id: number): number | null {
  const range = map.find(({ outside, count }) => id >= outside && id < outside + count);
  return range ? range.inside + (id - range.outside) : null;
}
