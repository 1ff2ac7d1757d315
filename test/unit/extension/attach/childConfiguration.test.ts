import assert from 'node:assert/strict';
import { childConfiguration } from '../../../../extension/attach/next/childConfiguration';
import { attachNumber } from '../../../../extension/attach/guard/attachNumber';

const attach = (type: string, more: object) => ({ type, request: 'attach', name: 'A', ...more });

describe('the configuration of a child that is followed', () => {
  it("has the parent's settings, and the child's own way in", () => {
    const parent = attach('debugpy', {
      ...{ connect: { port: 5678 }, justMyCode: false, pidfdKey: '7:1', pidfdFollow: true },
      ...{ preLaunchTask: 'build', postDebugTask: 'clean' },
    });
    const own = attach('debugpy', { processId: 8, pidfdKey: '8:1' });
    const child = childConfiguration(parent, own, 'A · child 8');
    const rest = { justMyCode: false, processId: 8, pidfdKey: '8:1', pidfdFollow: false };
    assert.deepEqual(child, { ...attach('debugpy', rest), name: 'A · child 8' });
    assert.equal(attachNumber(child)?.pid, 8, 'it is guarded');
  });

  it('comes by no way of the parent to another process or machine', () => {
    for (const way of [
      { pipeTransport: {} },
      { 'gdb-remote-port': 1 },
      { port: 9229, address: 'localhost' },
      { remote: true },
      { waitFor: true },
    ]) {
      const own = attach('lldb-dap', { pid: 8, pidfdKey: '8:1' });
      const child = childConfiguration(attach('lldb-dap', { pid: 7, ...way }), own, 'B');
      assert.deepEqual(child, { ...own, name: 'B', pidfdFollow: false });
    }
  });

  it('has nothing of one that was launched', () => {
    const parent = {
      type: 'lldb-dap',
      request: 'launch',
      name: 'A',
      program: '/bin/x',
      stopOnEntry: true,
    };
    const own = attach('lldb-dap', { pid: 8, pidfdKey: '8:1' });
    assert.deepEqual(childConfiguration(parent, own, 'B'), {
      ...own,
      name: 'B',
      pidfdFollow: false,
    });
  });
});
