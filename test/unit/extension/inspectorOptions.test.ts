import assert from 'node:assert/strict';
import { inspectorOptions } from '../../../extension/attach/nodeInspector/inspectorOptions';

const of = (line: string, nodeOptions = '') => {
  const { host, port, fromStart } = inspectorOptions(['node', ...line.split(' ')], nodeOptions);
  return [host, port, fromStart];
};

describe('where Node opens its inspector', () => {
  it('is 9229 unless it was told otherwise', () => {
    assert.deepEqual(of('server.js'), ['127.0.0.1', 9229, false]);
    assert.deepEqual(of('--inspect server.js'), ['127.0.0.1', 9229, true]);
    assert.deepEqual(of('--inspect-port=0 server.js'), ['127.0.0.1', 0, false]);
    assert.deepEqual(of('--inspect-port 9333 server.js'), ['127.0.0.1', 9333, false]);
    assert.deepEqual(of('--debug-port=9333 server.js'), ['127.0.0.1', 9333, false]);
    assert.deepEqual(of('--inspect-brk=0.0.0.0:9230 x.js'), ['0.0.0.0', 9230, true]);
    assert.deepEqual(of('--inspect=[::1]:9230 x.js'), ['::1', 9230, true]);
    assert.deepEqual(of('--inspect=localhost x.js'), ['localhost', 9229, true]);
  });

  it('is said before the script, and not by its arguments', () => {
    assert.deepEqual(of('server.js --inspect-port=0'), ['127.0.0.1', 9229, false]);
    assert.deepEqual(of('-r ./hook.js --inspect-port=0 x.js'), ['127.0.0.1', 0, false]);
    assert.deepEqual(of('-- x.js --inspect'), ['127.0.0.1', 9229, false]);
  });

  it('is said by the environment where the command line does not say it', () => {
    assert.deepEqual(of('x.js', '--inspect-port=0 --no-warnings'), ['127.0.0.1', 0, false]);
    assert.deepEqual(of('--inspect-port=1234 x.js', '--inspect-port=0'), [
      '127.0.0.1',
      1234,
      false,
    ]);
  });
});
