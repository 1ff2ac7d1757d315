import assert from 'node:assert/strict';
import { Script } from 'node:vm';
import { FilterError, FilterTooSlow, parseFilter } from '../../../views/processes/filter';
import { row } from './rows';

const process = row(4711, 1, { comm: 'node', args: ['node', '--Port', '80'], user: 'anna' });
/** `(a+)+$` would take half a minute. */
const slowText = `${'a'.repeat(28)}!`;
const slow = row(5, 1, { args: [slowText] });
const matches = (text: string) => parseFilter(text)?.matches(process);

/** How often something is run in a time limit. */
function countRuns(action: () => void): number {
  const { prototype } = Script;
  const original = Reflect.get(prototype, 'runInContext') as (...given: unknown[]) => unknown;
  let calls = 0;
  prototype.runInContext = function (...given) {
    calls++;
    return original.apply(this, given);
  };
  try {
    action();
    return calls;
  } finally {
    prototype.runInContext = original;
  }
}

describe('parseFilter', () => {
  it('is no filter for nothing', () => {
    assert.equal(parseFilter('  '), undefined);
  });

  it('finds plain text in name, arguments, pid and user, whatever its case', () => {
    for (const text of ['NODE', '--port 80', '471', 'ann']) assert.equal(matches(text), true, text);
    assert.equal(matches('nodes'), false);
  });

  it('takes plain text as it is', () => {
    assert.equal(matches('n.de'), false);
    assert.equal(matches('('), false);
    assert.equal(matches('/usr/bin'), false);
  });

  it('takes /…/ as a regular expression', () => {
    assert.equal(matches('/^n.de$/'), true);
    assert.equal(matches('/^N.DE$/'), false);
    assert.equal(matches('/^N.DE$/i'), true);
    assert.equal(matches('/4711|x/g'), true);
  });

  it('finds again what it has found before', () => {
    const filter = parseFilter('/node/gy')!;
    assert.deepEqual([filter.matches(process), filter.matches(process)], [true, true]);
  });

  it('says that a regular expression cannot be read', () => {
    assert.throws(() => parseFilter('/(/'), FilterError);
  });

  it('marks each place in a label, and none of no length', () => {
    assert.deepEqual(parseFilter('an')!.ranges('banana'), [
      [1, 3],
      [3, 5],
    ]);
    assert.deepEqual(parseFilter('/x*/')!.ranges('abc'), []);
  });

  it('gives a regular expression up that takes too long, and then all match', () => {
    const filter = parseFilter('/(a+)+$/')!;
    assert.throws(() => filter.learn?.([process, slow]), FilterTooSlow);
    assert.equal(filter.isTooSlow, true);
    assert.equal(filter.matches(process), true);
    filter.learn?.([row(7)]); // is not tried again
  });

  it('marks nothing where that takes too long', () => {
    const filter = parseFilter('/(a+)+$/')!;
    assert.deepEqual(filter.ranges('a!a'), [[2, 3]]);
    assert.deepEqual(filter.ranges(slowText), []);
    assert.deepEqual(filter.ranges('a!a'), []);
    assert.equal(filter.isTooSlow, false);
  });

  it('tries all rows in one time limit, and none twice', () => {
    const rows = Array.from({ length: 2000 }, (_, index) => row(index + 1));
    const filter = parseFilter('/name1\\d*5$/')!;
    const calls = countRuns(() => {
      filter.learn?.(rows);
      filter.learn?.(rows);
      assert.equal(rows.filter((one) => filter.matches(one)).length, 111);
    });
    assert.equal(calls, 1);
  });

  it('needs no time limit for plain text', () => {
    assert.equal(
      countRuns(() => matches('(a+)+$')),
      0,
    );
  });
});
