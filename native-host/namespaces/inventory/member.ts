import type { NamespaceMember, ProcessRow } from '../../protocol.js';

/** What one process is in. */
export interface Place {
  readonly set: number | null;
  readonly nsPid: number | null;
  readonly cgroup: string | null;
}

/** One process of the table, and what is known of its namespaces. */
export interface Member {
  row: ProcessRow;
  place: Place;
  /** `presumed`: its parent's place. */
  known: 'nothing' | 'presumed' | 'read';
  container: string | null;
}

export const nowhere: Place = { set: null, nsPid: null, cgroup: null };

export function toNews({ row, place, known, container }: Member): NamespaceMember {
  return { key: row.key, ...place, provisional: known !== 'read', container };
}

/** Who started first. */
export function isOlder({ row: a }: Member, { row: b }: Member): boolean {
  const earlier = (a.startedAt ?? 0) - (b.startedAt ?? 0);
  return earlier < 0 || (earlier === 0 && a.pid < b.pid);
}

export function samePlace(a: Place, b: Place): boolean {
  return a.set === b.set && a.nsPid === b.nsPid && a.cgroup === b.cgroup;
}
