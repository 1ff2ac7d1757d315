import assert from 'node:assert/strict';
import type { TargetToken } from '../../../native-host/protocol';
import { EndedTargets } from '../../../views/targets/endedTargets';
import { TargetsModel } from '../../../views/targets/model';
import { targetDescription } from '../../../views/targets/targetText';
import { FakeMemory } from '../extension/fakeMemory';
import { FakeClock } from './fakeClock';
import { row } from './rows';

const token = (n: number) => `t${n}` as TargetToken;
const killed = { kind: 'signaled', signal: 9, coreDumped: false } as const;

function session(memory: FakeMemory) {
  const clock = new FakeClock();
  const model = new TargetsModel();
  const ended = new EndedTargets(model, memory, clock);
  return { clock, model, ended };
}

/** One ends, another does not. */
async function before(memory: FakeMemory) {
  const first = session(memory);
  first.model.add(token(1), row(5), 1000, 'waiting');
  first.model.add(token(2), row(6), 1000, 'pinned');
  first.model.signalled(row(5).key, 9);
  first.model.ended(token(1), 3000, killed, 'pidfd');
  await first.clock.advance(1000);
  return first;
}

describe('EndedTargets', () => {
  it('show after a reload how targets ended, and nothing of those that had not', async () => {
    const memory = new FakeMemory();
    const { model } = await before(memory);
    const { model: later } = session(memory);
    assert.deepEqual(
      later.all.map(({ row: { pid } }) => pid),
      [5],
    );
    const [old, again] = [model.get(token(1))!, later.all[0]!];
    assert.equal(targetDescription(again), targetDescription(old));
    assert.deepEqual([...again.sent], [9]);
    assert.equal(again.isFinished, true);
  });

  it('leave out what is no target, and what another version wrote', async () => {
    const memory = new FakeMemory();
    await before(memory);
    const [good] = memory.get<object[]>('targets.ended')!;
    const others = ['row', 'since', 'why', 'state', 'sent'].flatMap((name) =>
      [null, undefined, 'x', {}].map((value) => ({ ...good, [name]: value })),
    );
    await memory.update('targets.ended', [null, 7, ...others, good]);
    assert.equal(session(memory).model.all.length, 1);
  });

  it('forget what was cleared', async () => {
    const memory = new FakeMemory();
    const { model, clock } = await before(memory);
    model.clearFinished();
    await clock.advance(1000);
    assert.equal(memory.get('targets.ended'), undefined);
  });

  it('keep the latest fifty', async () => {
    const memory = new FakeMemory();
    const { model, clock } = session(memory);
    for (let pid = 1; pid <= 60; pid++) {
      model.add(token(pid), row(pid), pid, 'waiting');
      model.ended(token(pid), pid, killed, 'pidfd');
    }
    await clock.advance(1000);
    const pids = session(memory).model.all.map((target) => target.row.pid);
    assert.deepEqual([pids.length, pids[0], pids.at(-1)], [50, 60, 11]);
  });

  it('leave out what is no such thing', async () => {
    for (const stored of ['x', {}, [null, 1, {}, { row: {} }, { row: row(1), since: 1 }]]) {
      const memory = new FakeMemory();
      await memory.update('targets.ended', stored);
      assert.deepEqual(session(memory).model.all, []);
    }
  });
});
