import assert from 'node:assert/strict';
import type { ProcessKey, ProcessUsage } from '../../../native-host/protocol';
import { defaultChoices } from '../../../views/processes/choices';
import { UsageWatch } from '../../../views/processes/usageWatch';
import { Sampler } from '../../../views/usage/sampler';
import { FakeClock } from './fakeClock';
import { FakeHost } from './fakeHost';
import { keyOf, row } from './rows';
import { modelOf, publish, shape } from './shownTrees';
import { usage } from './usages';

/** 1(2 3(4)), all open; what each uses is what a test says. */
function make(pids = [row(1), row(2, 1), row(3, 1), row(4, 3)]) {
  const host = new FakeHost();
  const clock = new FakeClock();
  const model = modelOf(...pids);
  const uses = new Map<number, Partial<ProcessUsage>>();
  host.on('processes/sample', ({ keys }) => ({
    usages: keys.map((key) => usage(key, uses.get(Number.parseInt(key)) ?? {})),
  }));
  const sampler = new Sampler(host, clock, assert.fail);
  let changes = 0;
  const watch = new UsageWatch(model, sampler, clock, () => changes++);
  const draw = (...all: number[]) => all.map((pid) => watch.figures.draw(keyOf(pid)));
  const asked = () => host.asked.flatMap(({ params }) => (params as { keys: ProcessKey[] }).keys);
  return { model, clock, uses, watch, draw, asked, changes: () => changes, host };
}

describe('figures on rows', () => {
  it('are asked for while the view is visible, of open rows', async () => {
    const { model, clock, watch, asked, host } = make();
    await clock.advance(10_000);
    assert.deepEqual(host.asked, []);
    model.tree.setCollapsed(model.tree.element(keyOf(3))!, true);
    watch.settle(true);
    await clock.advance(0);
    assert.deepEqual(asked(), [1, 2, 3].map(keyOf));
    watch.settle(false);
    await clock.advance(60_000);
    assert.equal(host.asked.length, 1);
  });

  it('are not asked for where they are not shown, but for whom a person is at', async () => {
    const { model, clock, watch, asked, host } = make();
    model.choose({ ...defaultChoices, figures: false });
    watch.settle(true);
    await clock.advance(5000);
    assert.deepEqual(host.asked, []);
    watch.attention.hover(keyOf(4));
    watch.attention.select([keyOf(2)]);
    await clock.advance(3000);
    assert.deepEqual(asked(), [4, 2].map(keyOf));
    host.asked.length = 0;
    await clock.advance(30_000);
    host.asked.length = 0;
    await clock.advance(3000);
    assert.deepEqual(asked(), [2].map(keyOf)); // the pointer is somewhere else by now
  });

  it('redraw the rows that show something else', async () => {
    const { model, clock, uses, watch, draw, changes } = make();
    watch.settle(true);
    await clock.advance(0);
    assert.deepEqual(publish(model), [keyOf(1)]); // all of them have figures now
    assert.deepEqual(draw(1, 2, 3, 4), ['1.0 MB', '1.0 MB', '1.0 MB', '1.0 MB']);
    await clock.advance(1000);
    assert.equal(publish(model), 'nothing');
    assert.equal(changes(), 1);
    uses.set(2, { cpu: 0.25 });
    await clock.advance(3000);
    assert.deepEqual(publish(model), [keyOf(2)]);
    assert.deepEqual(draw(2), ['25 % · 1.0 MB']);
  });

  it('leave a row alone for long where a person is, and what is above it', async () => {
    const { model, clock, uses, watch, draw } = make();
    watch.settle(true);
    await clock.advance(1000);
    publish(model);
    draw(1, 2, 3, 4);
    watch.attention.select([keyOf(4)]);
    for (const pid of [2, 3, 4]) uses.set(pid, { cpu: 0.5 });
    await clock.advance(3000);
    assert.deepEqual(publish(model), [keyOf(2)]);
    draw(2);
    await clock.advance(15_000);
    assert.deepEqual(publish(model), [keyOf(3)]);
  });

  it('are not shown on an open row with too much below it to be kept up', async () => {
    const many = Array.from({ length: 150 }, (_, i) => row(i + 10, 1));
    const { clock, watch, draw } = make([row(1), ...many]);
    watch.settle(true);
    await clock.advance(0);
    assert.deepEqual(draw(1, 10), ['', '1.0 MB']);
  });

  it('vanish from rows that are not asked about any more', async () => {
    const { model, clock, watch, draw } = make();
    watch.settle(true);
    await clock.advance(1000);
    publish(model);
    draw(1, 2, 3, 4);
    model.tree.setCollapsed(model.tree.element(keyOf(3))!, true);
    await clock.advance(40_000);
    assert.deepEqual(publish(model), [keyOf(4)]);
    assert.deepEqual(draw(4), ['']);
  });

  it('come in fires of at most two hundred rows', async () => {
    const many = Array.from({ length: 400 }, (_, i) => row(i + 10, 1));
    const { clock, watch } = make([row(1), ...many]);
    watch.settle(true);
    await clock.advance(0);
    assert.equal(watch.figures.outdated().length, 200);
  });
});

describe('the order by what is measured', () => {
  it('asks for all processes, and moves those that use more or less', async () => {
    const { model, clock, uses, watch, asked, draw } = make();
    model.choose({ ...defaultChoices, figures: false, order: 'cpu' });
    publish(model);
    model.tree.setCollapsed(model.tree.element(keyOf(1))!, true);
    uses.set(3, { cpu: 0.3 });
    watch.settle(true);
    await clock.advance(0);
    assert.deepEqual(new Set(asked()), new Set([1, 2, 3, 4].map(keyOf)));
    assert.deepEqual(publish(model), [keyOf(1)]);
    assert.equal(shape(model), '1(3(4) 2)');
    draw(1);
    uses.set(2, { cpu: 0.004 });
    await clock.advance(1000);
    assert.equal(publish(model), 'nothing'); // nobody would see the difference
    uses.set(2, { cpu: 0.9 });
    await clock.advance(2900);
    assert.equal(publish(model), 'nothing'); // not yet
    await clock.advance(100);
    assert.deepEqual(publish(model), [keyOf(1)]);
    assert.equal(shape(model), '1(2 3(4))');
  });

  it('holds still when rows change in between', async () => {
    const { model, clock, uses, watch } = make();
    model.choose({ ...defaultChoices, order: 'memory' });
    uses.set(3, { rss: 2 ** 30 });
    watch.settle(true);
    await clock.advance(0);
    publish(model);
    assert.equal(shape(model), '1(3(4) 2)');
    uses.set(2, { rss: 2 ** 31 });
    model.apply({ added: [], changed: [row(2, 1, { state: 'T' })], removed: [] }, 0);
    publish(model);
    assert.equal(shape(model), '1(3(4) 2)');
  });

  it('is asked for no longer once another one is chosen', async () => {
    const { model, clock, watch, host } = make();
    model.choose({ ...defaultChoices, figures: false, order: 'cpu' });
    watch.settle(true);
    await clock.advance(0);
    model.choose({ ...defaultChoices, figures: false, order: 'pid' });
    watch.settle(true);
    host.asked.length = 0;
    await clock.advance(10_000);
    assert.deepEqual(host.asked, []);
  });
});
