import assert from 'node:assert/strict';
import type { ProcessKey, ProcessRow, TableDelta } from '../../../native-host/protocol';
import { EventKeeper } from '../../../native-host/table/eventKeeper';
import type { KeeperParts } from '../../../native-host/table/keeper';
import { LiveRows } from '../../../native-host/table/liveRows';
import type { News, ProcessNews, Told } from '../../../native-host/table/processNews';
import { eventually } from '../../support/eventually';

const row = (pid: number, more: Partial<ProcessRow> = {}): ProcessRow =>
  ({
    ...{ pid, key: `${pid}:${pid}` as ProcessKey, comm: 'x', state: 'S', args: ['x'] },
    ...{ ppid: 0, parentKey: null, startedAt: pid, program: 'a.b', kind: 'native' },
    ...more,
  }) as ProcessRow;

const told: Told = { origin: null, executed: false, exited: false, traced: false };

/** What the kernel would tell, by hand. */
class PlayedNews {
  onNews: () => void = () => undefined;
  paused = false;
  lost = false;
  alive = true;
  disposed = false;
  private numbers = new Map<number, Told>();

  tell(pid: number): void {
    this.numbers.set(pid, told);
    if (!this.paused) this.onNews();
  }

  take(): News {
    const { numbers, lost } = this;
    this.numbers = new Map();
    this.lost = false;
    return { numbers, lost, thinned: new Set(), messages: numbers.size };
  }

  get waits(): boolean {
    return this.lost || this.numbers.size > 0;
  }

  distrust = () => void (this.lost = true);
  isAlive = () => this.alive;
  pause = () => void (this.paused = true);
  resume = () => void (this.paused = false);
  [Symbol.dispose] = () => void (this.disposed = true);
}

const keepers: EventKeeper[] = [];

/** A keeper of rows of these processes. */
async function keeping(...all: ProcessRow[]) {
  const processes = new Map(all.map((one) => [one.pid, one]));
  const [news, rows, deltas, said] = [new PlayedNews(), new LiveRows(), [], []] as [
    ...[PlayedNews, LiveRows, TableDelta[], string[]],
  ];
  const seen = { all: 0, silent: 0, fails: false };
  const find = (pids: Iterable<number>) => {
    if (seen.fails) return Promise.reject(new Error('no descriptors'));
    return Promise.resolve(new Map([...pids].map((pid) => [pid, processes.get(pid) ?? null])));
  };
  const reader = {
    some: find,
    all: () => (seen.all++, find(processes.keys())),
    looksDifferent: () => false,
  };
  const parts = {
    ...{ rows, reader, tell: (delta: TableDelta) => deltas.push(delta) },
    ...{ exclusive: <T>(work: () => Promise<T>) => work(), log: (text: string) => said.push(text) },
  } as unknown as KeeperParts;
  const keeper = new EventKeeper(parts, news as unknown as ProcessNews, () => seen.silent++);
  keepers.push(keeper);
  await keeper.readAll();
  keeper.start();
  deltas.splice(0);
  return { keeper, processes, news, deltas, said, seen };
}

describe('rows that are kept by news', () => {
  it('have whoever was told of while somebody asked for all and they could not be read', async () => {
    const { keeper, processes, news, deltas, seen } = await keeping(row(1));
    news.pause();
    processes.set(2, row(2));
    news.tell(2);
    seen.fails = true;
    await assert.rejects(keeper.readAll(), /no descriptors/);
    seen.fails = false;
    await eventually('2 is there', () => deltas.some(({ added }) => added[0]?.pid === 2));
  });

  afterEach(() => {
    for (const keeper of keepers.splice(0)) keeper[Symbol.dispose]();
  });

  it('are read where the news are about them, and nowhere else', async () => {
    const { processes, news, deltas, seen } = await keeping(row(5), row(6));
    processes.set(6, row(6, { comm: 'y' })).set(5, row(5, { comm: 'unseen' }));
    news.tell(6);
    await eventually('it is told', () => deltas[0]);
    assert.deepEqual(
      deltas[0]?.changed.map(({ comm }) => comm),
      ['y'],
    );
    assert.equal(seen.all, 1);
  });

  it('are asked for again, all of them, when they could not be read', async () => {
    const { processes, news, deltas, said, seen } = await keeping(row(5));
    seen.fails = true;
    processes.set(5, row(5, { comm: 'y' }));
    news.tell(5);
    await eventually('it is logged', () => said[0]);
    assert.match(said[0] ?? '', /no descriptors/);
    assert.equal(deltas.length, 0);
    seen.fails = false;
    await eventually('it is told', () => deltas[0]);
    assert.equal(deltas[0]?.changed[0]?.comm, 'y');
  });

  it('are read anew where something was done of which nobody is told', async () => {
    const { keeper, processes, deltas } = await keeping(row(5));
    processes.set(5, row(5, { state: 'T' }));
    keeper.expect(5);
    await eventually('it is told', () => deltas[0]);
    assert.equal(deltas[0]?.changed[0]?.state, 'T');
  });

  it('end with the news, and hear of nothing then', async () => {
    const { keeper, processes, news, deltas } = await keeping(row(5));
    keeper[Symbol.dispose]();
    assert.ok(news.disposed);
    processes.set(5, row(5, { comm: 'y' }));
    news.paused = false;
    news.tell(5);
    await new Promise(setImmediate);
    assert.equal(deltas.length, 0);
  });
});
