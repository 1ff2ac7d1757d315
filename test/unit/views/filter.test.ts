import assert from 'node:assert/strict';
import { FilterError, parseFilter } from '../../../views/processes/filter';
import { row } from './rows';

const process = row(4711, 1, { comm: 'node', args: ['node', '--Port', '80'], user: 'anna' });
const matches = (text: string) => parseFilter(text)?.matches(process);

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
});
