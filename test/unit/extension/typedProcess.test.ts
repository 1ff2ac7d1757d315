import assert from 'node:assert/strict';
import { parseTypedProcess } from '../../../extension/attach/typedProcess';

describe('parseTypedProcess', () => {
  it('takes numbers and keys', () => {
    assert.deepEqual(parseTypedProcess(' 4711 '), { kind: 'pid', pid: 4711 });
    assert.deepEqual(parseTypedProcess('4711:55210'), { kind: 'key', key: '4711:55210' });
    assert.deepEqual(parseTypedProcess('4711@99'), { kind: 'key', key: '4711@99' });
  });

  it('leaves everything else to the search', () => {
    for (const text of [
      '',
      'node',
      '0',
      '-1',
      '1.5',
      '4194305',
      '4711:',
      '1e3',
      '0x10',
      '4711 x',
    ]) {
      assert.equal(parseTypedProcess(text), undefined, text);
    }
  });
});
