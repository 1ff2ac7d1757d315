import assert from 'node:assert/strict';
import { EventSequence, parseProcEvent } from '../../../native-host/kernel/procEvents';

const [FORK, EXEC, EXIT, NONE] = [1, 2, 0x80000000, 0];

/** nlmsghdr, cn_msg with `seq`, proc_event of `cpu`. */
function message(what: number, { seq = 0, cpu = 0, words = [1, 1, 1, 1] } = {}): Buffer {
  const bytes = Buffer.alloc(76);
  bytes.writeUInt32LE(seq, 24);
  bytes.writeUInt32LE(what, 36);
  bytes.writeUInt32LE(cpu, 40);
  for (const [index, word] of words.entries()) bytes.writeUInt32LE(word, 52 + index * 4);
  return bytes;
}

describe('messages of the proc connector', () => {
  it('tell of new processes, and of no new threads', () => {
    const fork = message(FORK, { words: [7, 7, 8, 8] });
    assert.deepEqual(parseProcEvent(fork, 76), { kind: 'fork', parentPid: 7, childPid: 8 });
    assert.equal(parseProcEvent(message(FORK, { words: [7, 7, 9, 7] }), 76), null);
  });

  it('tell of programs and ends', () => {
    assert.deepEqual(parseProcEvent(message(EXEC, { words: [7, 7] }), 76), {
      kind: 'exec',
      pid: 7,
    });
    const exit = { kind: 'exit', thread: 9, pid: 7, exitCode: 256 };
    assert.deepEqual(parseProcEvent(message(EXIT, { words: [9, 7, 256] }), 76), exit);
  });

  it('are none when they are cut short', () => {
    for (const size of [0, 40, 59, 67]) assert.equal(parseProcEvent(message(FORK), size), null);
  });

  it('count by CPU, and a number that is left out is an event that was dropped', () => {
    const sequence = new EventSequence();
    const gap = (seq: number, cpu: number) => sequence.leavesGap(message(EXEC, { seq, cpu }), 76);
    assert.deepEqual(
      [gap(5, 0), gap(900, 1), gap(6, 0), gap(901, 1)],
      [false, false, false, false],
    );
    assert.equal(gap(8, 0), true);
    assert.equal(gap(9, 0), false);
  });

  it('count those that tell of another listener, too, unless they have no CPU', () => {
    const sequence = new EventSequence();
    const gap = (seq: number, what = EXEC, cpu = 0) =>
      sequence.leavesGap(message(what, { seq, cpu }), 76);
    assert.deepEqual([gap(5), gap(6, NONE), gap(7)], [false, false, false]);
    assert.deepEqual([gap(77, NONE, 0xffffffff), gap(78, NONE, 0xffffffff)], [false, false]);
    assert.equal(gap(3, NONE, 0xffffffff), false, 'the number of what it answers');
    assert.deepEqual([gap(8), gap(10, NONE)], [false, true]);
  });

  it('go on counting from 0 after the greatest number', () => {
    const sequence = new EventSequence();
    const gap = (seq: number) => sequence.leavesGap(message(EXEC, { seq }), 76);
    assert.deepEqual([gap(0xffffffff), gap(0)], [false, false]);
  });
});
