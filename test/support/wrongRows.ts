import type { ProcessKey, ProcessRow } from '../../native-host/protocol';
import { eventually } from './eventually';
import type { HostClient } from './hostClient';
import type { LiveTable } from './liveTable';

/** What stays as it is while a process sleeps, wakes and waits. */
const essence = ({ key, ppid, parentKey, uid, comm, args, exe, program, kind }: ProcessRow) =>
  JSON.stringify({ key, ppid, parentKey, uid, comm, args, exe, program, kind });

/** Two fresh looks around the table: what both agree on must be in it, and what neither knows must not. */
async function look(host: HostClient, table: LiveTable): Promise<ProcessKey[]> {
  const list = async () =>
    new Map((await host.request('processes/list', null)).rows.map((row) => [row.key, row]));
  const before = await list();
  table.applyAll();
  const shown = new Map(table.rows);
  const after = await list();
  const missing = [...before].filter(([key, row]) => {
    const later = after.get(key);
    const steady = later !== undefined && essence(later) === essence(row);
    const known = shown.get(key);
    return steady && (known === undefined || essence(known) !== essence(row));
  });
  const dead = [...shown.keys()].filter((key) => !before.has(key) && !after.has(key));
  return [...missing.map(([key]) => key), ...dead];
}

/** Rows that stay wrong: what happens between looking and being told has `ms` to arrive. Nothing is refreshed. */
export async function wrongRows(
  host: HostClient,
  table: LiveTable,
  ms = 5000,
): Promise<ProcessKey[]> {
  let wrong: ProcessKey[] = [];
  const isRight = async (): Promise<boolean> => (wrong = await look(host, table)).length === 0;
  await eventually('the table is right', isRight, ms).catch(() => undefined);
  return wrong;
}
