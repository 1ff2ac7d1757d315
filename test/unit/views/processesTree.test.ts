import assert from 'node:assert/strict';
import type { ProcessRow } from '../../../native-host/protocol';
import { defaultChoices, type StoredChoices } from '../../../views/processes/choices';
import { ProcessesModel } from '../../../views/processes/model';
import { GroupElement, type RestElement } from '../../../views/processes/processElement';
import { keyOf, row } from './rows';
import { modelOf, publish, shape } from './shownTrees';

const none = { added: [], changed: [], removed: [] };

/** The same sequence for each seed. */
function randomly(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

const users = [
  { uid: 1000, user: 'me' },
  { uid: 0, user: 'root' },
];

function randomRow(pid: number, pick: (below: number) => number): ProcessRow {
  const parent = pick(4) === 0 ? null : 1 + pick(40);
  const comm = ['node', 'sh', 'vim', 'init'][pick(4)] ?? '';
  const kind = pick(8) === 0 ? 'kernelThread' : 'native';
  const exe = pick(3) === 0 ? null : `/bin/${comm}`;
  return row(pid, parent === pid ? null : parent, { comm, exe, kind, ...users[pick(2)] });
}

function randomChoices(pick: (below: number) => number): StoredChoices {
  return {
    ...defaultChoices,
    filter: ['', 'vi', 'node', 'root'][pick(4)] ?? '',
    kernelThreads: pick(2) === 0,
    otherUsers: pick(3) > 0,
    grouping: (['parent', 'user', 'executable'] as const)[pick(3)] ?? 'parent',
    order: (['start', 'pid', 'name'] as const)[pick(3)] ?? 'start',
  };
}

const groupCounts = (model: ProcessesModel) =>
  model.tree
    .roots()
    .map((each) => each instanceof GroupElement && model.tree.groupNode(each)?.count);

describe('the tree of processes, kept up by what changes', () => {
  for (let seed = 1; seed <= 40; seed++) {
    it(`is the same as one that is built at once (${seed})`, () => {
      const pick = randomly(seed);
      const rows = new Map<number, ProcessRow>();
      const model = new ProcessesModel();
      model.reset([], 1000);
      let choices = defaultChoices;
      for (let round = 0; round < 60; round++) {
        const pid = 1 + pick(40);
        const known = rows.has(pid);
        const next = known && pick(3) === 0 ? undefined : randomRow(pid, pick);
        if (next) rows.set(pid, next);
        else rows.delete(pid);
        const kind = next ? (known ? 'changed' : 'added') : 'removed';
        model.apply({ ...none, [kind]: [next ?? keyOf(pid)] }, round);
        if (kind === 'removed') model.forget(round + 4000);
        if (pick(6) === 0) model.choose((choices = randomChoices(pick)));
        if (pick(3) > 0) continue;
        publish(model);
        const fresh = new ProcessesModel();
        fresh.reset([...rows.values()], 1000);
        fresh.choose(choices);
        publish(fresh);
        assert.equal(shape(model), shape(fresh));
        assert.deepEqual(groupCounts(model), groupCounts(fresh));
        const { matched, total } = fresh.counts;
        assert.deepEqual([model.counts.matched, model.counts.total], [matched, total]);
      }
    });
  }
});

/** Rows that count how often anything of them is looked at. */
function watched(rows: readonly ProcessRow[]) {
  const counter = { reads: 0 };
  const get = (target: ProcessRow, name: keyof ProcessRow) => {
    counter.reads++;
    return target[name];
  };
  return { counter, rows: rows.map((each) => new Proxy(each, { get: get as never })) };
}

describe('ProcessesModel with 20,000 processes', function () {
  this.timeout(30_000);
  const twentyThousand = Array.from({ length: 20_000 }, (_, i) =>
    row(i + 1, i === 0 ? null : Math.floor(i / 10) + 1, { comm: `name${i % 97}` }),
  );

  for (const choices of [
    {},
    { filter: 'name7', order: 'name' },
    { grouping: 'user', otherUsers: false },
  ] satisfies Partial<StoredChoices>[]) {
    it(`looks at few of them when few change (${JSON.stringify(choices)})`, () => {
      const { counter, rows } = watched(twentyThousand);
      const model = modelOf(...rows);
      model.choose({ ...defaultChoices, ...choices });
      publish(model);
      counter.reads = 0;
      assert.equal(model.publish(), 'nothing');
      assert.equal(counter.reads, 0);
      const changed = [row(777, 78, { state: 'T' }), row(15_000, 1500, { comm: 'name7x' })];
      model.apply({ added: [row(30_000, 777)], changed, removed: [keyOf(19_999)] }, 0);
      assert.notEqual(model.publish(), 'nothing');
      assert.ok(counter.reads < 1000, `${counter.reads} reads`);
      counter.reads = 0;
      assert.deepEqual(model.forget(4000), [keyOf(30_000)]);
      model.publish();
      assert.ok(counter.reads < 1000, `${counter.reads} reads`);
    });
  }

  it('says nothing of rows that VS Code has not asked for', () => {
    const model = new ProcessesModel();
    model.reset([row(1), row(2, 1), row(3, 2), row(4, 3)], 1000);
    model.publish();
    const [root] = model.tree.roots();
    model.tree.children(root!);
    model.apply({ ...none, changed: [row(4, 3, { state: 'T' })], added: [row(5, 4)] }, 0);
    assert.equal(model.publish(), 'nothing');
    model.apply({ ...none, changed: [row(2, 1, { state: 'T' })] }, 0);
    assert.deepEqual(model.publish(), [keyOf(2)]);
    // It has children now, so it is drawn otherwise.
    model.apply({ ...none, added: [row(6, 1)] }, 0);
    assert.deepEqual(model.publish(), [keyOf(1)]);
  });
});

describe('ProcessesModel with thousands of siblings', () => {
  const many = (count: number) => Array.from({ length: count }, (_, i) => row(i + 10, 1));
  const rest = (model: ProcessesModel) =>
    model.tree.children(model.tree.element(keyOf(1))!).at(-1) as RestElement;

  it('gives the first thousand, and a row for the rest', () => {
    const model = modelOf(row(1), ...many(2500));
    assert.match(shape(model), / 1009 \+1500\)$/);
    assert.deepEqual(model.tree.showMore(rest(model)), [keyOf(1)]);
    assert.match(shape(model), / 2009 \+500\)$/);
    model.tree.showMore(rest(model));
    assert.match(shape(model), / 2509\)$/);
  });

  it('draws that row alone when one of the rest comes or goes', () => {
    const model = modelOf(row(1), ...many(2500));
    model.apply({ ...none, added: [row(9000, 1)] }, 0);
    assert.deepEqual(publish(model), [{ restOf: keyOf(1) }]);
    assert.equal(model.tree.hiddenBehind(rest(model)), 1501);
    model.apply({ ...none, added: [row(2, 1)] }, 0);
    assert.deepEqual(publish(model), [keyOf(1)]);
  });

  it('has no such row for a thousand', () => {
    const model = modelOf(row(1), ...many(1000));
    assert.match(shape(model), / 1009\)$/);
    model.apply({ ...none, added: [row(9000, 1)] }, 0);
    assert.deepEqual(publish(model), [keyOf(1)]);
    assert.match(shape(model), / 1009 \+1\)$/);
  });

  it('gives as many as it takes to reveal one', () => {
    const model = modelOf(row(1), ...many(5000));
    assert.equal(model.tree.makeRoomFor(keyOf(20)), 'nothing');
    assert.deepEqual(model.tree.makeRoomFor(keyOf(4500)), [keyOf(1)]);
    assert.match(shape(model), / 5009\)$/);
  });

  it('does so for roots, too', () => {
    const model = modelOf(...Array.from({ length: 1500 }, (_, i) => row(i + 1)));
    assert.match(shape(model), / 1000 \+500$/);
    assert.equal(model.tree.makeRoomFor(keyOf(1400)), 'all');
    assert.match(shape(model), / 1500$/);
  });
});

describe('the order of processes', () => {
  const rows = [
    row(4, null, { comm: 'b', startedAt: 1 }),
    row(2, null, { comm: 'c', startedAt: 2 }),
    row(3, null, { comm: 'A', startedAt: 3 }),
  ];

  for (const [order, shown] of [
    ['start', '4 2 3'],
    ['pid', '2 3 4'],
    ['name', '3 4 2'],
  ] as const) {
    it(`by ${order}`, () => {
      const model = modelOf(...rows);
      model.choose({ ...defaultChoices, order });
      assert.equal(publish(model), order === 'start' ? 'nothing' : 'all');
      assert.equal(shape(model), shown);
    });
  }

  it('by name follows a new name', () => {
    const model = modelOf(...rows);
    model.choose({ ...defaultChoices, order: 'name' });
    publish(model);
    model.apply({ ...none, changed: [row(3, null, { comm: 'z', startedAt: 3 })] }, 0);
    assert.equal(publish(model), 'all');
    assert.equal(shape(model), '4 2 3');
  });
});

describe('rows of open parents', () => {
  it('are those that VS Code has asked for and has not closed, up to a bound', () => {
    const model = new ProcessesModel();
    model.reset([row(1), row(2, 1), row(3, 2), row(4, 3), row(5, 1)], 1000);
    model.publish();
    const pids = (most: number) => model.tree.openRows(most).map((key) => Number.parseInt(key));
    assert.deepEqual(pids(9), []);
    model.tree.roots();
    assert.deepEqual(pids(9), [1]);
    for (const pid of [1, 2, 3]) model.tree.children(model.tree.element(keyOf(pid))!);
    assert.deepEqual(pids(9), [1, 2, 3, 4, 5]);
    assert.deepEqual(pids(3), [1, 2, 3]);
    model.tree.setCollapsed(model.tree.element(keyOf(2))!, true);
    assert.deepEqual(pids(9), [1, 2, 5]);
    model.tree.setCollapsed(model.tree.element(keyOf(2))!, false);
    assert.deepEqual(pids(9), [1, 2, 3, 4, 5]);
  });
});
