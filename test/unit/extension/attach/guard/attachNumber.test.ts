import assert from 'node:assert/strict';
import { attachNumber, inItsForm } from '../../../../../extension/attach/guard/attachNumber';

const attach = (type: string, more: object) => ({ type, request: 'attach', name: 'n', ...more });
const pidOf = (type: string, more: object) => attachNumber(attach(type, more))?.pid;

describe('the number in an attach configuration', () => {
  it('stands where its debugger has it', () => {
    assert.equal(pidOf('lldb', { pid: '7' }), 7);
    assert.equal(pidOf('lldb-mi', { target: '7' }), 7);
    assert.equal(pidOf('cppdbg', { processId: 7 }), 7);
    assert.equal(attachNumber(attach('cppdbg', { processId: 7 }))?.attribute, 'processId');
  });

  it('stands where most have it, for debuggers that we do not know', () => {
    assert.equal(pidOf('x', { pid: 7 }), 7);
    assert.equal(pidOf('x', { processId: '7' }), 7);
    assert.equal(pidOf('x', { processId: '${command:pick}', pid: 7 }), 7);
    assert.equal(pidOf('x', { target: '7' }), undefined);
  });

  it('is none where it counts elsewhere, or nothing is attached to', () => {
    assert.equal(pidOf('x', { pid: 7, pipeTransport: {} }), undefined);
    assert.equal(pidOf('x', { pid: 7, host: 'there' }), undefined);
    assert.equal(pidOf('cppdbg', { processId: 7, pipeTransport: {} }), undefined);
    assert.equal(attachNumber({ type: 'lldb', request: 'launch', name: 'n', pid: 7 }), undefined);
    for (const pid of [0, -1, 1.5, '', 'seven', null, {}, 2 ** 31]) {
      assert.equal(pidOf('lldb', { pid }), undefined);
    }
  });

  it('is given in the form that the debugger takes', () => {
    const formed = (type: string, more: object) => inItsForm(attach(type, more));
    assert.deepEqual(formed('lldb-dap', { pid: '7' }), attach('lldb-dap', { pid: 7 }));
    assert.deepEqual(formed('node', { processId: 7 }), attach('node', { processId: '7' }));
    for (const same of [
      attach('lldb-dap', { pid: '${command:x}' }),
      attach('lldb-dap', { pid: 7 }),
      attach('x', { pid: '7' }),
      { ...attach('lldb-dap', { pid: '7' }), request: 'launch' },
    ]) {
      assert.equal(inItsForm(same), same);
    }
  });
});
