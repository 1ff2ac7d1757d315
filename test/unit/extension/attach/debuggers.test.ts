import assert from 'node:assert/strict';
import { debuggerOf, debuggers, numberIn } from '../../../../extension/attach/debuggers';
import type { AttachTarget } from '../../../../extension/attach/debuggers/debugger';
import { row } from '../../views/rows';

const attach = (type: string, more: object) => ({ type, request: 'attach', name: 'x', ...more });

const target: AttachTarget = {
  row: row(4711),
  program: '/usr/bin/thing',
  root: null,
  nsPid: null,
  contact: null,
  gdb: null,
};

/** What each can be reached by. */
function reachable(type: string): AttachTarget {
  const port = { kind: 'port', host: '127.0.0.1', port: 5005 } as const;
  const inspector = { kind: 'inspector', websocketAddress: 'ws://127.0.0.1:9/u' } as const;
  if (/node/.test(type)) return { ...target, contact: inspector };
  return /java|rdbg/.test(type) ? { ...target, contact: port } : target;
}

describe('the table of debuggers', () => {
  it('gives each an attach configuration that names the process', () => {
    for (const one of debuggers) {
      const made = one.configure(reachable(one.type));
      assert.equal(made.type, one.type);
      assert.equal(made.request, 'attach');
      assert.equal(made.pidfdKey, target.row.key);
      assert.match(made.name, /pid 4711/);
    }
  });

  it('finds the number again in the configurations that have one, in the form that the type takes', () => {
    const byNumber = debuggers.filter((one) => !/node|java|rdbg/.test(one.type));
    assert.equal(byNumber.length, 11);
    for (const one of byNumber) {
      const made = one.configure(reachable(one.type));
      assert.equal(numberIn(made), 4711, one.type);
      const { attribute, form } = one.number!;
      assert.equal(typeof made[attribute], form === 'text' ? 'string' : 'number', one.type);
    }
  });

  it('tells the two of type gdb apart by what the configuration has', () => {
    assert.equal(debuggerOf('gdb', { processId: '1' })?.extension, 'eclipse-cdt.cdt-gdb-vscode');
    assert.equal(debuggerOf('gdb', { target: '1' })?.extension, 'webfreak.debug');
    assert.equal(numberIn(attach('gdb', { processId: '12' })), 12);
    assert.equal(numberIn(attach('gdb', { target: '13' })), 13);
    assert.equal(debuggerOf('no such type'), undefined);
  });
});

describe('the number in a configuration', () => {
  it('is read from text and numbers, with a port behind it or not', () => {
    assert.equal(numberIn(attach('cppdbg', { processId: 7 })), 7);
    assert.equal(numberIn(attach('cppdbg', { processId: ' 7 ' })), 7);
    assert.equal(numberIn(attach('node', { processId: '7:9230' })), 7);
    assert.equal(numberIn(attach('lldb-dap', { pid: 7 })), 7);
  });

  it('is none where it is no number that a process can have', () => {
    for (const pid of ['', '0', 0, -1, '4194305', 1.5, 'x', '${command:pickProcess}', null, {}]) {
      assert.equal(numberIn(attach('lldb', { pid })), undefined, JSON.stringify(pid));
    }
  });

  it('is none of this machine where the processes are elsewhere', () => {
    for (const [type, more] of [
      ['cppdbg', { processId: 7, pipeTransport: {} }],
      ['cppdbg', { processId: 7, miDebuggerServerAddress: 'a:1' }],
      ['coreclr', { processId: 7, pipeTransport: {} }],
      ['go', { processId: 7, mode: 'remote' }],
      ['debugpy', { processId: 7, connect: { port: 5 } }],
      ['java', { processId: 7, hostName: 'a', port: 5 }],
      ['lldb-dap', { pid: 7, 'gdb-remote-port': 5 }],
      ['gdb', { target: '7', remote: true }],
    ] as const) {
      assert.equal(numberIn(attach(type, more)), undefined, type);
    }
  });

  it('is none in what launches, and for types that nobody knows', () => {
    assert.equal(numberIn({ ...attach('lldb', { pid: 7 }), request: 'launch' }), undefined);
    assert.equal(numberIn(attach('unknown', { processId: 7 })), undefined);
    assert.equal(numberIn(attach('rdbg', { processId: 7 })), undefined);
  });
});
