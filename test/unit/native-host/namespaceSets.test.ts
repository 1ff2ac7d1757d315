import assert from 'node:assert/strict';
import { linksSize } from '../../../native-host/namespaces/inventory/links';
import { NamespaceSets } from '../../../native-host/namespaces/inventory/sets';

const links = (uts: number) => {
  const bytes = Buffer.alloc(linksSize);
  bytes.write(`uts:[${uts}]`, linksSize - 32, 'latin1');
  return bytes;
};

describe('NamespaceSets', () => {
  it('tells each once, and gives nobody the index of one that it forgot', () => {
    const sets = new NamespaceSets();
    const [first, second] = [sets.indexOf(links(1), null), sets.indexOf(links(2), null)];
    assert.deepEqual([first, second, sets.indexOf(links(1), second)], [0, 1, 0]);
    assert.deepEqual(
      sets.takeNew().map(({ uts }) => uts),
      ['1', '2'],
    );
    assert.deepEqual(sets.forgetAllBut(new Set([1])), [0]);
    assert.deepEqual(sets.forgetAllBut(new Set([1])), []);
    assert.throws(() => sets.at(0), RangeError);
    assert.equal(sets.indexOf(links(1), 0), 2);
    assert.equal(sets.takeNew().length, 1);
  });
});
