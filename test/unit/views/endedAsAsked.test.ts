import assert from 'node:assert/strict';
import type { ExitStatus } from '../../../native-host/protocol';
import { NotingHost } from '../../../extension/signals/notingHost';
import { hasEndedAsAsked } from '../../../views/targets/endedAsAsked';
import { TargetsController } from '../../../views/targets/targetsController';
import { targetText } from '../../../views/targets/targetText';
import { FakeClock } from './fakeClock';
import { FakeHost, hostError } from './fakeHost';
import { keyOf, row } from './rows';

const [SIGKILL, SIGSEGV, SIGTERM, SIGUSR1] = [9, 11, 15, 10];

async function make() {
  const inner = new FakeHost();
  inner.on('target/hold', () => ({ row: row(5) }));
  inner.on('signal/send', () => ({ outcome: 'sent', members: null }));
  const targets = new TargetsController(inner, new FakeClock(), () => undefined);
  const host = new NotingHost(inner, (key, signal) => targets.model.signalled(key, signal));
  const target = await targets.hold(row(5));
  const send = (signal: number) => host.request('signal/send', { key: keyOf(5), signal });
  const end = (status: ExitStatus) =>
    inner.notify('target/reaped', { token: target.token, at: 1, status, source: 'pidfd' });
  const killedBy = (signal: number) => end({ kind: 'signaled', signal, coreDumped: false });
  return { inner, host, target, send, end, killedBy };
}

describe('an end that was asked for', () => {
  it('is one by the signal that was sent, also where that is told first', async () => {
    const { target, send, killedBy } = await make();
    killedBy(SIGTERM);
    assert.equal(hasEndedAsAsked(target), false);
    await send(SIGTERM);
    assert.equal(hasEndedAsAsked(target), true);
    assert.match(targetText(target), /killed by SIGTERM, as asked/);
  });

  it('is one with any code after SIGTERM', async () => {
    const { target, send, end } = await make();
    await send(SIGTERM);
    end({ kind: 'exited', code: 3 });
    assert.equal(hasEndedAsAsked(target), true);
  });

  it('is none by another signal, after a signal that does not ask for it, or where none was sent', async () => {
    const crashed = await make();
    await crashed.send(SIGTERM);
    crashed.killedBy(SIGSEGV);
    const failed = await make();
    await failed.send(SIGUSR1);
    failed.end({ kind: 'exited', code: 1 });
    const refused = await make();
    refused.inner.on('signal/send', () => Promise.reject(hostError('Denied')));
    await assert.rejects(refused.send(SIGKILL));
    refused.killedBy(SIGKILL);
    for (const { target } of [crashed, failed, refused])
      assert.equal(hasEndedAsAsked(target), false);
  });

  it('is noted of each of several, and of the members of a tree', async () => {
    const { inner, host, target } = await make();
    const items = [{ key: keyOf(4) }, { key: keyOf(5) }];
    const result = { outcome: 'sent', members: null } as const;
    inner.on('signal/batch', () => ({ results: [{ error: {} as never }, { result }] }));
    await host.request('signal/batch', { items, signal: SIGUSR1 });
    assert.deepEqual([...target.sent], [SIGUSR1]);
    const member = { row: row(5), outcome: 'killed', signal: SIGKILL, endedAfterMs: 1 } as const;
    inner.on('tree/stop', () => ({ members: [member], mayHaveEscaped: false, cancelled: false }));
    await host.request('tree/stop', { token: 't' as never, key: keyOf(5), steps: [] });
    assert.deepEqual([...target.sent], [SIGUSR1, SIGKILL]);
  });
});
