import assert from 'node:assert/strict';
import { GracefulStops } from '../../../extension/stopping/gracefulStops';
import { InterruptedStops } from '../../../extension/stopping/interruptedStops';
import { stopAll } from '../../../extension/stopping/stopAll';
import { TargetsController } from '../../../views/targets/targetsController';
import { Waits, type WaitEnd } from '../../../views/waits/waits';
import { FakeClock } from '../views/fakeClock';
import { hostError } from '../views/fakeHost';
import { row } from '../views/rows';
import { FakeMemory } from './fakeMemory';
import { fakeServices } from './fakeServices';

const steps = [
  { signal: 15, waitMs: 5000 },
  { signal: 9, waitMs: 1000 },
];
const rows = [row(1), row(2), row(3)];

function make() {
  const { host, services, told } = fakeServices();
  host.on('target/hold', ({ key }) => ({ row: rows.find((one) => one.key === key)! }));
  const clock = new FakeClock();
  const targets = new TargetsController(host, clock, () => undefined);
  const waits = new Waits(targets, clock, () => undefined);
  const ends: WaitEnd[] = [];
  waits.onDidEnd((end) => ends.push(end));
  const shown: string[] = [];
  let cancel = () => {};
  const show = (title: string, onCancel: () => void) => {
    shown.push(title);
    cancel = onCancel;
    return { report: (text: string) => void shown.push(text), done: () => void shown.push('done') };
  };
  const stops = new GracefulStops(
    host,
    targets,
    clock,
    new InterruptedStops(new FakeMemory()),
    show,
  );
  const end = (pid: number) => {
    const { token } = targets.model.all.find((target) => target.row.pid === pid)!;
    const status = { kind: 'signaled', signal: 15, coreDumped: false } as const;
    host.notify('target/reaped', { token, at: 9, status, source: 'pidfd' });
  };
  const run = (some = rows) => stopAll({ ...services, stops, waits, targets }, some, steps, show);
  return { host, clock, targets, ends, shown, told, run, end, cancel: () => cancel() };
}

describe('stopAll', () => {
  it('counts down in one progress, and tells of all ends at once', async () => {
    const { clock, ends, shown, told, run, end } = make();
    const over = run();
    await clock.advance(10);
    for (const { pid } of rows) end(pid);
    await over;
    assert.deepEqual(shown, [
      'Stopping 3 processes',
      '3 left',
      '2 left',
      '1 left',
      '0 left',
      'done',
    ]);
    assert.deepEqual(
      ends.map((one) => [one.kind, 'targets' in one && one.targets.length]),
      [['all', 3]],
    );
    assert.deepEqual(told, []);
  });

  it('cancels all, and waits for nobody then', async () => {
    const { clock, targets, told, run, cancel } = make();
    const over = run();
    await clock.advance(10);
    cancel();
    await over;
    assert.deepEqual(told, ['3 processes are let live: nothing more is sent to them.']);
    assert.deepEqual(targets.model.all, []);
  });

  it('leaves pinned what was pinned', async () => {
    const { clock, targets, run, cancel } = make();
    await targets.hold(rows[1]!, 'pinned');
    const over = run();
    await clock.advance(10);
    cancel();
    await over;
    assert.deepEqual(
      targets.model.all.map(({ row: { key }, why }) => [key, why]),
      [[rows[1]!.key, 'pinned']],
    );
  });

  it('goes on with the others where one is refused, and says whom', async () => {
    const { host, clock, shown, told, run, end } = make();
    host.on('signal/send', ({ key }) =>
      key === rows[0]!.key
        ? Promise.reject(hostError('Denied', { row: rows[0]! }))
        : { outcome: 'sent', members: null },
    );
    const over = run();
    await clock.advance(10);
    end(2);
    end(3);
    await over;
    assert.equal(shown.at(-1), 'done');
    assert.equal(told.length, 1);
    assert.match(told[0]!, /^Not stopped: 1 not permitted/);
  });

  it('shows one by its own countdown', async () => {
    const { clock, shown, run, end } = make();
    const over = run([rows[0]!]);
    await clock.advance(10);
    end(1);
    await over;
    assert.match(shown[1]!, /^SIGTERM sent, SIGKILL in 5 s$/);
  });
});
