import assert from 'node:assert/strict';
import type { ProcEvent } from '../../../native-host/kernel/procEvents';
import { fork, played } from './playedLineage';

const exit = (pid: number): ProcEvent => ({ kind: 'exit', thread: pid, pid, exitCode: 0 });

const [top, root, child] = [10, 20, 30];

describe('a lineage', () => {
  it('is who was read as a descendant, and who is announced from then on', () => {
    const { queue, lineage, numbers } = played();
    lineage.begin(
      root,
      new Map([
        [root, top],
        [child, root],
        [99, top],
      ]),
    );
    queue.push(fork(child, 31), fork(99, 98));
    assert.deepEqual(numbers(), [root, child, 31]);
    assert.equal(lineage.mayHaveMissed, false);
  });

  it('takes no stranger whose parent had the number of a child that was born while all were read', () => {
    const { queue, lineage, numbers } = played();
    const [stranger, recycled] = [50, 40];
    queue.push(fork(root, recycled));
    // The stranger was read first, and named the number's owner of before; then that one was read, a child by now.
    lineage.begin(
      root,
      new Map([
        [root, top],
        [stranger, recycled],
        [recycled, root],
      ]),
    );
    assert.deepEqual(numbers(), [root, recycled]);
    assert.equal(lineage.stillMeans(stranger), false);
    assert.equal(lineage.mayHaveMissed, true, 'it may have been one, too');
  });

  it('says that somebody may have been missed, where the root may have made its own sibling', () => {
    const { queue, lineage } = played();
    lineage.begin(root, new Map([[root, top]]), () => false);
    queue.push(fork(99, 98));
    lineage.rootActs(false);
    queue.push(fork(top, 41));
    lineage.rootActs(true);
    assert.equal(lineage.mayHaveMissed, false, 'it was still at that time');
    queue.push(fork(top, 42));
    lineage.rootActs(false);
    assert.equal(lineage.mayHaveMissed, true);
  });

  it("minds nobody whom the root's parent makes after the root has ended", () => {
    const { queue, lineage, numbers } = played();
    lineage.begin(root, new Map([[root, top]]), () => true);
    queue.push(exit(root), fork(top, 41));
    numbers();
    lineage.rootActs(true);
    queue.push(fork(top, 42));
    numbers();
    assert.equal(lineage.mayHaveMissed, false);
  });

  it('says so, too, where the root got another parent meanwhile', () => {
    const { queue, lineage, numbers } = played();
    lineage.begin(root, new Map([[root, top]]), () => false);
    queue.push(exit(top));
    numbers();
    assert.equal(lineage.mayHaveMissed, true);
  });
});
