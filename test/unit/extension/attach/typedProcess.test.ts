import assert from 'node:assert/strict';
import { parseTypedProcess } from '../../../../extension/attach/picking/typedProcess';

describe('parseTypedProcess', () => {
  it('takes numbers and keys', () => {
    assert.deepEqual(parseTypedProcess(' 4711 '), { kind: 'pid', pid: 4711 });
    assert.deepEqual(parseTypedProcess('4711:55210'), { kind: 'key', key: '4711:55210' });
    assert.deepEqual(parseTypedProcess('4711@99'), { kind: 'key', key: '4711@99' });
  });

  it('takes ports, and the numbers of a container', () => {
    assert.deepEqual(parseTypedProcess(':8080'), { kind: 'port', port: 8080 });
    assert.deepEqual(parseTypedProcess(' web-1:7 '), {
      kind: 'inside',
      container: 'web-1',
      nsPid: 7,
    });
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
      ':0',
      ':65536',
      'web:0',
      'a b:7',
      'a:b:7',
      'web:4194305',
    ]) {
      assert.equal(parseTypedProcess(text), undefined, text);
    }
  });
});
