import assert from 'node:assert/strict';
import { LiveRows } from '../../../native-host/table/liveRows';
import { lateArgs } from '../../../native-host/procfs/args';
import type { KeeperParts } from '../../../native-host/table/keeper';
import { NewsFollower } from '../../../native-host/table/newsFollower';
import type { News, Told } from '../../../native-host/table/processNews';
import type { Hints } from '../../../native-host/table/rowReader';
import type { ProcessKey, ProcessRow, TableDelta } from '../../../native-host/protocol';

const row = (pid: number, more: Partial<ProcessRow> = {}): ProcessRow =>
  ({
    ...{ pid, key: `${pid}:${pid}` as ProcessKey, comm: 'x', state: 'S', args: ['x'] },
    ...{ ppid: 1, parentKey: null, startedAt: pid, program: 'a.b' },
    ...more,
  }) as ProcessRow;

const told: Told = { origin: null, executed: false, exited: false, traced: false };

const news = (numbers: Record<number, Partial<Told>> = {}, more: Partial<News> = {}): News => ({
  numbers: new Map(Object.entries(numbers).map(([pid, one]) => [Number(pid), { ...told, ...one }])),
  thinned: new Set(),
  lost: false,
  messages: Object.keys(numbers).length,
  ...more,
});

/** Processes as a reader would find them, and what was asked of it. */
class World {
  readonly rows = new LiveRows();
  readonly processes = new Map<number, ProcessRow>();
  readonly asked: { readonly pid: number; readonly hints: Hints }[] = [];
  readonly deltas: TableDelta[] = [];
  looksAtAll = 0;
  readonly follower: NewsFollower;

  constructor(...all: ProcessRow[]) {
    for (const one of all) this.processes.set(one.pid, one);
    this.rows.replace(new Map(this.processes));
    const find = (pids: Iterable<number>, hintsOf: (pid: number) => Hints) => {
      for (const pid of pids) this.asked.push({ pid, hints: hintsOf(pid) });
      const found = [...pids].map((pid) => [pid, this.processes.get(pid) ?? null] as const);
      return Promise.resolve(new Map(found));
    };
    this.follower = new NewsFollower({
      rows: this.rows,
      reader: {
        some: find,
        all: (hintsOf: (pid: number) => Hints) => {
          this.looksAtAll++;
          return find([...this.processes.keys()], hintsOf);
        },
      },
      tell: (delta: TableDelta) => this.deltas.push(delta),
    } as unknown as KeeperParts);
  }

  get pids(): number[] {
    return this.asked.splice(0).map(({ pid }) => pid);
  }
}

describe('who follows the kernel’s news', () => {
  it('reads what they are about, and of who ended the children, too', async () => {
    const world = new World(row(5), row(6, { ppid: 5 }), row(7));
    assert.equal(await world.follower.follow(news({ 5: { exited: true } })), 'some');
    assert.deepEqual(world.pids, [5, 6]);
  });

  it('reads everything once where some were lost, and where they are about too many', async () => {
    const world = new World(row(5));
    assert.equal(await world.follower.follow(news({}, { lost: true, messages: 1 })), 'everything');
    const many = Object.fromEntries(Array.from({ length: 513 }, (_, i) => [1000 + i, {}]));
    assert.equal(await world.follower.follow(news(many)), 'everything');
    assert.equal(world.looksAtAll, 2);
  });

  it('has something to do with news of no interest, and nothing without any', async () => {
    const { follower, asked } = new World(row(5));
    assert.equal(await follower.follow(news({}, { messages: 9, thinned: new Set([5]) })), 'some');
    assert.equal(await follower.follow(news()), 'nothing');
    assert.deepEqual(asked, []);
  });

  it('looks at who is born in a storm in the next frame, and knows then what he did', async () => {
    const world = new World(row(5), row(999));
    const born = (from: number, count: number, more: Partial<Told> = {}) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, i) => [from + i, { origin: 5, ...more }]),
      );
    const storm = { ...born(100, 40), ...born(200, 10, { exited: true }), 999: { executed: true } };
    await world.follower.follow(news(storm));
    assert.deepEqual(world.pids, [...Array.from({ length: 10 }, (_, i) => 200 + i), 999]);
    const effort = await world.follower.follow(
      news({ 100: { exited: true }, 101: { executed: true } }),
    );
    assert.equal(effort, 'some');
    const hints = new Map(world.asked.map(({ pid, hints: one }) => [pid, one]));
    assert.equal(hints.size, 40);
    assert.deepEqual([hints.get(101)?.origin?.pid, hints.get(101)?.executed], [5, true]);
    assert.deepEqual([hints.get(102)?.origin?.pid, hints.get(102)?.executed], [5, false]);
    world.asked.splice(0);
    assert.equal(await world.follower.follow(news()), 'nothing');
    assert.deepEqual(world.asked, []);
  });

  it('says who forked whom, and that somebody executed something', async () => {
    const world = new World(row(5), row(6));
    await world.follower.follow(news({ 6: { origin: 5 }, 5: { executed: true } }));
    const hints = new Map(world.asked.map(({ pid, hints: one }) => [pid, one]));
    assert.equal(hints.get(6)?.origin?.pid, 5);
    assert.equal(hints.get(6)?.executed, false);
    assert.equal(hints.get(5)?.executed, true);
  });

  it('asks again for arguments that did not come in time, until they do', async () => {
    const world = new World(row(5));
    const { follower, processes, rows } = world;
    processes.set(5, row(5, { args: lateArgs.args }));
    await follower.follow(news({ 5: { executed: true } }));
    for (let time = 0; time < 3; time++) {
      follower.lookBack();
      world.asked.splice(0);
      await follower.follow(news());
      assert.deepEqual(world.pids, [5]);
    }
    processes.set(5, row(5, { args: ['late'] }));
    follower.lookBack();
    await follower.follow(news());
    assert.deepEqual(rows.get(5)?.args, ['late']);
    assert.deepEqual(world.deltas.at(-1)?.changed[0]?.args, ['late']);
    world.asked.splice(0);
    follower.lookBack();
    await follower.follow(news());
    assert.deepEqual(world.asked, []);
  });

  it('asks no more of whoever ended before they came', async () => {
    const world = new World(row(5, { args: lateArgs.args }));
    await world.follower.follow(news({ 5: {} }));
    world.processes.delete(5);
    await world.follower.follow(news({ 5: { exited: true } }));
    world.asked.splice(0);
    world.follower.lookBack();
    await world.follower.follow(news());
    assert.deepEqual(world.asked, []);
  });
});
