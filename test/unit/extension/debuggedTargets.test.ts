import assert from 'node:assert/strict';
import { DebuggedTargets } from '../../../extension/debugging/debuggedTargets';
import type { ProcessRow } from '../../../native-host/protocol';
import { Emitter } from '../../../views/emitter';
import { targetDescription } from '../../../views/targets/targetText';
import { TargetsController } from '../../../views/targets/targetsController';
import { FakeClock, settled } from '../views/fakeClock';
import { FakeHost, hostError } from '../views/fakeHost';
import { keyOf, row } from '../views/rows';

function make() {
  const host = new FakeHost();
  host.on('target/hold', ({ key }) => ({ row: [row(5), row(6)].find((one) => one.key === key)! }));
  const targets = new TargetsController(host, new FakeClock(), () => undefined);
  const [followed, ended] = [new Emitter<{ id: string; row: ProcessRow }>(), new Emitter<string>()];
  const lines: string[] = [];
  const events = { onDidFollow: followed.event, onDidEnd: ended.event };
  new DebuggedTargets(events, targets, (line) => lines.push(line));
  const follow = async (id: string, pid: number) => {
    followed.fire({ id, row: row(pid) });
    await settled();
  };
  const end = async (id: string) => {
    ended.fire(id);
    await settled();
  };
  const shown = () => targets.model.all.map(({ row: { pid }, why }) => `${pid} ${why}`);
  return { host, targets, lines, follow, end, shown };
}

describe('what is debugged', () => {
  it('is in the ledger for as long as its session lives', async () => {
    const { targets, follow, end, shown } = make();
    await follow('a', 5);
    await follow('b', 6);
    assert.deepEqual(shown(), ['6 debugging', '5 debugging']);
    assert.match(targetDescription(targets.model.all[0]!), /being debugged since/);
    await end('a');
    assert.deepEqual(shown(), ['6 debugging']);
  });

  it('stays there when it has ended, with how', async () => {
    const { host, targets, follow, end, shown } = make();
    await follow('a', 5);
    const { token } = targets.model.all[0]!;
    const status = { kind: 'exited', code: 7 } as const;
    host.notify('target/reaped', { token, at: 1, status, source: 'pidfd' });
    await end('a');
    assert.deepEqual(shown(), ['5 debugging']);
    assert.match(targetDescription(targets.model.all[0]!), /exited with code 7/);
  });

  it('is waited for again where it was before', async () => {
    const { targets, follow, end, shown } = make();
    await targets.hold(row(5), 'waiting');
    await follow('a', 5);
    assert.deepEqual(shown(), ['5 debugging']);
    await end('a');
    assert.deepEqual(shown(), ['5 waiting']);
  });

  it('bothers nobody when it is over already', async () => {
    const { host, lines, follow, end, shown } = make();
    host.on('target/hold', () => Promise.reject(hostError('Gone')));
    await follow('a', 5);
    await end('a');
    assert.deepEqual(shown(), []);
    assert.match(lines[0]!, new RegExp(`${keyOf(5)} is debugged and could not be held`));
  });
});
