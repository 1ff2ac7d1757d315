import type { ProcessRow, TableSnapshot } from '../protocol.js';
import type { ProcessTable } from '../table/processTable.js';
import { readersOf, rowOf, type Handlers, type Parts } from './parts.js';

type Names =
  | 'processes/subscribe'
  | 'processes/unsubscribe'
  | 'processes/refresh'
  | 'processes/list'
  | 'processes/details'
  | 'processes/sample'
  | 'processes/pss'
  | 'processes/find'
  | 'processes/open';

async function snapshot(
  { table }: { table: ProcessTable },
  read: () => Promise<readonly ProcessRow[]>,
): Promise<TableSnapshot> {
  return { rows: await read(), mode: table.mode };
}

export function processHandlers(parts: Parts): Pick<Handlers, Names> {
  const table = () => readersOf(parts).table;
  return {
    'processes/subscribe': () => {
      const { feed } = readersOf(parts);
      feed.forget();
      return snapshot(readersOf(parts), () => table().subscribe(feed.push));
    },
    'processes/list': () => snapshot(readersOf(parts), () => table().list()),
    'processes/unsubscribe': () => {
      parts.readers?.table.unsubscribe(parts.readers.feed.push);
      parts.readers?.feed.forget();
      return null;
    },
    'processes/refresh': async () => {
      await table().refresh();
      readersOf(parts).feed.flush();
      return null;
    },
    'processes/details': async ({ key }) => {
      using process = parts.opener.byKey(key);
      return await readersOf(parts).details.read(process, await rowOf(parts, process));
    },
    'processes/sample': async ({ keys }) => ({
      usages: await readersOf(parts).sampler.sample(keys),
    }),
    'processes/pss': async ({ key }) => {
      using process = parts.opener.byKey(key);
      return { pss: await readersOf(parts).sampler.pss(process) };
    },
    'processes/find': async ({ pid }) => {
      using process = parts.opener.byNumber(pid);
      return await rowOf(parts, process);
    },
    'processes/open': async ({ key }) => {
      using process = parts.opener.byKey(key);
      return await rowOf(parts, process);
    },
  };
}
