import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Known, ProcessKey, ProcessUsage } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { children } from '../support/children';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import { pidReuse } from '../support/pidReuse';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { withHost } from '../support/withHost';

/** Of a clock tick, at 100 a second. */
const tickMs = 10;

const keyOf = async (host: HostClient, { pid }: Actor): Promise<ProcessKey> =>
  (await host.request('processes/find', { pid })).key;

const sample = async (host: HostClient, ...keys: ProcessKey[]): Promise<readonly ProcessUsage[]> =>
  (await host.request('processes/sample', { keys })).usages;

const ticks = ({ pid }: Actor): number => procfs.stat(pid)?.cpuTicks ?? NaN;

interface Bounded {
  readonly usages: readonly ProcessUsage[];
  /** Just before and just after. */
  readonly ticks: readonly [number, number];
  readonly at: readonly [number, number];
}

/** A sample, and what we read of the process ourselves around it. */
async function bounded(host: HostClient, of: Actor, ...keys: ProcessKey[]): Promise<Bounded> {
  const before = [ticks(of), performance.now()] as const;
  const usages = await sample(host, ...keys);
  return { usages, ticks: [before[0], ticks(of)], at: [before[1], performance.now()] };
}

const usedFor = (spinner: Actor, ms: number, since: number) =>
  eventually(`${ms} ms of a processor`, () => (ticks(spinner) - since) * tickMs >= ms, 10_000);

/** However loaded the machine is: what we read ourselves outside and inside of the two samples. */
function assertShare(share: number | null | undefined, first: Bounded, second: Bounded): void {
  const most = (second.ticks[1] - first.ticks[0] + 2) * tickMs;
  const least = (second.ticks[0] - first.ticks[1] - 2) * tickMs;
  const [longest, shortest] = [second.at[1] - first.at[0], second.at[0] - first.at[1]];
  assert.ok(typeof share === 'number');
  const bounds = `${least / longest} <= ${share} <= ${most / shortest}`;
  assert.ok(share <= most / shortest && share >= least / longest, bounds);
}

describe('processes/sample', () => {
  it('gives the share of a processor that a spinning and a sleeping process took', () =>
    withHost(async ({ host }) => {
      const [spinner, sleeper] = [await children.own(), await children.own()];
      const keys = [await keyOf(host, spinner), await keyOf(host, sleeper)];
      await spinner.ask('spin');
      const first = await bounded(host, spinner, ...keys);
      assert.deepEqual(
        first.usages.map(({ cpu }) => cpu),
        [null, null],
      );
      await usedFor(spinner, 600, first.ticks[1]);
      const second = await bounded(host, spinner, ...keys);
      const [spinning, sleeping] = second.usages.map(({ cpu }) => cpu);
      assertShare(spinning, first, second);
      assert.ok(Number(spinning) > 0.04, `spinning: ${spinning}`);
      assert.ok(Number(sleeping) < 0.03, `asleep: ${sleeping}`);
    }));

  it('counts the processors that several threads take', () =>
    withHost(async ({ host }) => {
      const spinner = await children.own();
      const key = await keyOf(host, spinner);
      await spinner.ask('spin');
      await spinner.ask('spin');
      const first = await bounded(host, spinner, key);
      await usedFor(spinner, 600, first.ticks[1]);
      const second = await bounded(host, spinner, key);
      assertShare(second.usages[0]?.cpu, first, second);
      assert.equal(second.usages[0]?.threads, 3);
    }));

  it('agrees with /proc about memory and threads', () =>
    withHost(async ({ host }) => {
      const child = await children.own();
      await child.ask('thread');
      const [usage] = await sample(host, await keyOf(host, child));
      const rss = Number(procfs.status(child.pid, 'VmRSS')?.[0]) * 1024;
      // Each processor keeps some pages for itself before it adds them up.
      const unsure = 64 * 4096 * availableParallelism();
      assert.ok(Math.abs(Number(usage?.rss) - rss) <= unsure, `${usage?.rss} and ${rss}`);
      assert.equal(usage?.threads, 2);
      const text = readFileSync(`/proc/${child.pid}/io`, 'latin1');
      const bytes = (name: string) => Number(new RegExp(`^${name}: (\\d+)`, 'm').exec(text)?.[1]);
      const io = { read: bytes('read_bytes'), written: bytes('write_bytes') };
      assert.deepEqual(usage?.io, { value: io });
    }));

  it("does not know what another user's process reads and writes", async function () {
    await withHost(async ({ host }) => {
      const child = await children.own();
      const [usage] = await sample(host, await keyOf(host, child));
      assert.deepEqual(usage?.io, { unknown: 'permission' });
      assert.ok(usage && usage.rss > 0);
    }, asNobody(this));
  });

  it('leaves out those that ended, and says nothing of who has their number', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      await pidReuse.recycle(
        this,
        parent,
        (victim) => keyOf(host, victim),
        async (successor, old) => {
          const own = await keyOf(host, successor);
          assert.notEqual(own, old);
          const usages = await sample(host, old, own);
          assert.deepEqual(
            usages.map(({ key }) => key),
            [own],
          );
        },
      );
    });
  });

  it('knows a zombie, which has no memory', () =>
    withHost(async ({ host }) => {
      const { child } = await children.zombie(0);
      const [usage] = await sample(host, await keyOf(host, child));
      assert.equal(usage?.rss, 0);
    }));

  it('takes 2,000 at once, and leaves no descriptor', () =>
    withHost(async ({ host, assertNoFdLeak }) => {
      const parent = await children.own();
      const crowd = new Set((await parent.ask('crowd', 2000)).map(Number));
      const { rows } = await host.request('processes/list', null);
      const keys = rows.filter(({ pid }) => crowd.has(pid)).map(({ key }) => key);
      assert.equal(keys.length, 2000);
      const usages = await sample(host, ...keys);
      assert.deepEqual(
        usages.map(({ key }) => key),
        keys,
      );
      await assertNoFdLeak();
      const tooMany = [...keys, keys[0] as ProcessKey];
      await rejectsWith('Invalid', host.request('processes/sample', { keys: tooMany }));
    }));
});

describe('processes/pss', () => {
  /** Whatever the machine is busy with: a deadline that passed is no answer to what is asked here. */
  const pss = async (host: HostClient, child: Actor): Promise<Known<number>> => {
    const key = await keyOf(host, child);
    return eventually('an answer in time', async () => {
      const seen = (await host.request('processes/pss', { key })).pss;
      return 'unknown' in seen && seen.unknown === 'timeout' ? undefined : seen;
    });
  };

  it('counts what is shared in part', () =>
    withHost(async ({ host }) => {
      const child = await children.own();
      const seen = await pss(host, child);
      const rollup = readFileSync(`/proc/${child.pid}/smaps_rollup`, 'utf8');
      const resident = Number(/^Rss: +(\d+) kB$/m.exec(rollup)?.[1]) * 1024; // statm's is an estimate
      assert.ok('value' in seen, JSON.stringify(seen));
      assert.ok(seen.value > 0 && seen.value < resident, `${seen.value} of ${resident}`);
    }));

  it("does not know another user's", async function () {
    await withHost(async ({ host }) => {
      assert.deepEqual(await pss(host, await children.own()), { unknown: 'permission' });
    }, asNobody(this));
  });

  it('knows of a zombie that it has none', () =>
    withHost(async ({ host }) => {
      const { child } = await children.zombie(0);
      assert.deepEqual(await pss(host, child), { unknown: 'unsupported' });
    }));

  it('says that the process has gone', () =>
    withHost(async ({ host }) => {
      const { parent, child } = await children.foreign();
      const key = await keyOf(host, child);
      child.exit(0);
      await parent.reap(child);
      await rejectsWith('Gone', host.request('processes/pss', { key }));
    }));
});
