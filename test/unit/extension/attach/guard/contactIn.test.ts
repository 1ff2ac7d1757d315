import assert from 'node:assert/strict';
import { contactIn } from '../../../../../extension/attach/guard/contactIn';

const of = (type: string, more: object) =>
  contactIn({ type, request: 'attach', name: 'n', ...more });

describe('where a debugger connects to', () => {
  it('is a port or a socket of this machine', () => {
    assert.deepEqual(of('java', { hostName: 'localhost', port: '5005' }), { port: 5005 });
    assert.deepEqual(of('debugpy', { connect: { port: 5678 } }), { port: 5678 });
    assert.deepEqual(of('rdbg', { debugPort: '/run/x y.sock' }), { path: '/run/x y.sock' });
    assert.deepEqual(of('rdbg', { debugPort: 'localhost:12345' }), { port: 12345 });
    assert.deepEqual(of('rdbg', { debugPort: '12345' }), { port: 12345 });
  });

  it('is not known of other machines, nor where nothing is said', () => {
    assert.equal(of('java', { hostName: 'there', port: 5005 }), undefined);
    for (const port of [0, 65536, 'x', null, undefined]) {
      assert.equal(of('java', { hostName: 'localhost', port }), undefined);
    }
    for (const debugPort of [undefined, 7, '', 'there:7', 'x']) {
      assert.equal(of('rdbg', { debugPort }), undefined);
    }
    assert.equal(of('lldb', { port: 7 }), undefined);
  });
});
