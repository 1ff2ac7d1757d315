import assert from 'node:assert/strict';
import { waitEndText } from '../../../extension/waits/waitTexts';
import { TargetsController } from '../../../views/targets/targetsController';
import { parseTimeLimit } from '../../../views/waits/timeLimit';
import { Waits, type WaitOrder } from '../../../views/waits/waits';
import { FakeClock, settled } from './fakeClock';
import { FakeHost, hostError } from './fakeHost';
import { keyOf, row } from './rows';

const rows = [row(5), row(6), row(7)];

function make() {
  const host = new FakeHost();
  const clock = new FakeClock();
  host.on('target/hold', ({ key }) => ({ row: rows.find((one) => one.key === key)! }));
  const targets = new TargetsController(host, clock, () => undefined);
  const waits = new Waits(targets, clock, () => undefined);
  const told: string[] = [];
  waits.onDidEnd((end) => told.push(waitEndText(end)));
  const start = (order: WaitOrder, some = rows) => waits.start(some, order);
  const end = (pid: number, code = 0) =>
    host.notify('target/reaped', {
      token: targets.model.all.find((target) => target.row.pid === pid)!.token,
      at: 2000,
      status: { kind: 'exited', code },
      source: 'pidfd',
    });
  return { host, clock, targets, waits, told, start, end };
}

describe('Waits', () => {
  it('tell of each for itself', async () => {
    const { start, end, told } = make();
    await start({ until: 'each' });
    end(5);
    assert.deepEqual(told, ['name5 (pid 5) exited with code 0 after 1 s']);
  });

  it('say nothing of a length that is not known', async () => {
    const { host, start, end, told } = make();
    host.on('target/hold', () => ({ row: row(5, 1, { startedAt: null }) }));
    await start({ until: 'each' }, [rows[0]!]);
    end(5);
    assert.deepEqual(told, ['name5 (pid 5) exited with code 0']);
  });

  it('tell of the first alone, and let the others go', async () => {
    const { host, start, end, told, targets } = make();
    await start({ until: 'any' });
    end(6, 1);
    await settled();
    assert.deepEqual(told, [
      'name6 (pid 6) exited with code 1 after 1 s. It was the first; 2 others are not waited for any more',
    ]);
    assert.equal(targets.model.all.length, 1);
    assert.equal(host.methodsAsked().filter((method) => method === 'target/release').length, 2);
  });

  it('leave in the list what was there before, for the reason that it was', async () => {
    const { start, end, told, targets } = make();
    await targets.hold(rows[0]!, 'pinned');
    await start({ until: 'each' }, [rows[1]!]);
    await start({ until: 'any' });
    end(7);
    await settled();
    assert.deepEqual(
      targets.model.all.map(({ row: { pid }, why }) => [pid, why]),
      [
        [7, 'waiting'],
        [6, 'waiting'],
        [5, 'pinned'],
      ],
    );
    end(6);
    end(5);
    assert.equal(told.length, 2);
  });

  it('tell of all once, with the last', async () => {
    const { start, end, told } = make();
    await start({ until: 'all' });
    end(5);
    end(6, 3);
    assert.deepEqual(told, []);
    end(7);
    assert.deepEqual(told, ['All have ended: 2 with code 0, 1 with another code']);
  });

  it('wait for the rest when one was gone before, and say which', async () => {
    const { host, start, end, told } = make();
    host.on('target/hold', ({ key }) => {
      if (key === keyOf(5)) throw hostError('Gone');
      return { row: rows.find((one) => one.key === key)! };
    });
    const { failed } = await start({ until: 'all' });
    assert.deepEqual(
      failed.map((one) => one.row),
      [rows[0]],
    );
    end(6);
    end(7);
    assert.equal(told.length, 1);
  });

  it('end with their time, and hold nothing after it', async () => {
    const { clock, start, told, targets, end } = make();
    await start({ until: 'all', limitMs: 5000 });
    end(5);
    await clock.advance(5000);
    assert.deepEqual(told, ['2 still run after 5 s and are not waited for any more']);
    assert.equal(targets.model.all.length, 1);
  });

  it('give as much time after a reload, wherever the clock was set', async () => {
    const { clock, waits, told, targets } = make();
    const members = [await targets.hold(rows[0]!)];
    await clock.advance(1000);
    clock.set(86_400_000);
    const order = { until: 'each', limitMs: 5000 } as const;
    waits.resume({ order, members, deadline: 5000 }, Promise.resolve());
    await clock.advance(3999);
    assert.deepEqual(told, []);
    await clock.advance(1);
    assert.equal(told.length, 1);
  });

  it('have no time left to run out when it ended before', async () => {
    const { clock, start, told, end } = make();
    await start({ until: 'each', limitMs: 5000 }, [rows[0]!]);
    end(5);
    assert.equal(clock.waiting, 0);
    assert.equal(told.length, 1);
  });

  it('do without what was taken off the list', async () => {
    const { start, end, told, targets } = make();
    await start({ until: 'all' });
    end(5);
    end(6);
    await targets.remove(targets.model.openTarget(keyOf(7))!);
    assert.deepEqual(told, ['All have ended: 2 with code 0']);
  });

  it('say nothing of what is only pinned', async () => {
    const { targets, end, told } = make();
    await targets.hold(rows[0]!, 'pinned');
    end(5);
    assert.deepEqual(told, []);
  });
});

describe('parseTimeLimit', () => {
  it('reads times with and without a unit', () => {
    assert.deepEqual(
      ['30', '30 s', '1.5 min', '2h', '5m', '250ms'].map(parseTimeLimit),
      [30_000, 30_000, 90_000, 7_200_000, 300_000, 250],
    );
    for (const bad of ['', '0', '-1', 'x', '5 d', '999999 h']) {
      assert.equal(parseTimeLimit(bad), undefined, bad);
    }
  });
});
