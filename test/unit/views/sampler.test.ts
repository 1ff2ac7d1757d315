import assert from 'node:assert/strict';
import type { ProcessKey } from '../../../native-host/protocol';
import { Sampler } from '../../../views/usage/sampler';
import { FakeClock, settled } from './fakeClock';
import { FakeHost, hello, hostError } from './fakeHost';
import { keyOf } from './rows';
import { usage } from './usages';

function make() {
  const host = new FakeHost();
  const clock = new FakeClock();
  const lines: string[] = [];
  const sampler = new Sampler(host, clock, (line) => lines.push(line));
  host.on('processes/sample', ({ keys }) => ({ usages: keys.map((key) => usage(key)) }));
  let sampled = 0;
  const join = (everyMs: number, remembers: boolean, ...pids: number[]) =>
    sampler.join({ everyMs, remembers, keys: () => pids.map(keyOf), onSampled: () => sampled++ });
  const asked = () => host.asked.map(({ params }) => (params as { keys: ProcessKey[] }).keys);
  return { host, clock, sampler, join, asked, lines, sampled: () => sampled };
}

const [a, b] = [keyOf(1), keyOf(2)];

describe('Sampler', () => {
  it('asks at once, again after a second, then at its pace, while somebody looks', async () => {
    const { clock, join, asked, sampled } = make();
    const looker = join(3000, false, 1);
    await clock.advance(10_000);
    assert.deepEqual(asked(), []);
    looker.want(true);
    await clock.advance(0);
    assert.equal(asked().length, 1);
    await clock.advance(1000);
    assert.equal(asked().length, 2);
    await clock.advance(6000);
    assert.equal(asked().length, 4);
    assert.equal(sampled(), 4);
    looker.want(false);
    await clock.advance(60_000);
    assert.equal(asked().length, 4);
    assert.equal(clock.waiting, 0);
  });

  it('asks once for what several want', async () => {
    const { clock, join, asked } = make();
    join(3000, false, 1, 2).want(true);
    join(3000, true, 2).want(true);
    await clock.advance(0);
    assert.deepEqual(asked(), [[b, a]]);
  });

  it('asks nothing for nobody', async () => {
    const { clock, join, asked } = make();
    join(3000, true).want(true);
    await clock.advance(10_000);
    assert.deepEqual(asked(), []);
  });

  it('remembers sixty samples of what is to be drawn as a curve', async () => {
    const { clock, join, sampler } = make();
    join(1000, true, 1).want(true);
    join(1000, false, 2).want(true);
    await clock.advance(100_000);
    assert.equal(sampler.store.history(a).length, 60);
    assert.deepEqual(sampler.store.history(b), []);
    assert.equal(sampler.store.of(b)?.rss, 2 ** 20);
  });

  it('forgets what has ended, and all when nobody looks', async () => {
    const { host, clock, join, sampler } = make();
    const looker = join(3000, true, 1, 2);
    looker.want(true);
    await clock.advance(0);
    host.on('processes/sample', () => ({ usages: [usage(a)] }));
    await clock.advance(40_000);
    assert.equal(sampler.store.of(b), undefined);
    assert.ok(sampler.store.of(a));
    looker.want(false);
    assert.equal(sampler.store.of(a), undefined);
  });

  it('asks in parts that the native host takes', async () => {
    const { clock, sampler, asked } = make();
    const keys = Array.from({ length: 4500 }, (_, i) => keyOf(i + 1));
    const interest = { everyMs: 3000, remembers: false, keys: () => keys, onSampled: () => 0 };
    sampler.join(interest).want(true);
    await clock.advance(0);
    assert.deepEqual(
      asked().map(({ length }) => length),
      [2000, 2000, 500],
    );
  });

  it('rests for twenty times as long as an answer took', async () => {
    const { host, clock, join, asked } = make();
    const answers: (() => void)[] = [];
    host.on(
      'processes/sample',
      () => new Promise((resolve) => answers.push(() => resolve({ usages: [] }))),
    );
    join(3000, false, 1).want(true);
    await clock.advance(500);
    assert.equal(answers.length, 1);
    answers[0]?.();
    await settled();
    await clock.advance(9999);
    assert.equal(asked().length, 1);
    await clock.advance(1);
    assert.equal(asked().length, 2);
  });

  it('does not start a native host, and goes on after a failure', async () => {
    const { host, clock, join, asked, lines } = make();
    host.become({ kind: 'starting' });
    join(3000, false, 1).want(true);
    await clock.advance(5000);
    assert.deepEqual(asked(), []);
    host.on('processes/sample', () => Promise.reject(hostError('Internal')));
    host.become({ kind: 'ready', hello });
    await clock.advance(3000);
    assert.equal(lines.length, 1);
    await clock.advance(3000);
    assert.equal(asked().length, 2);
  });
});
