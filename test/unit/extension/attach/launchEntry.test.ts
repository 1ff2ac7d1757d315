import assert from 'node:assert/strict';
import { filterFor, launchEntry } from '../../../../extension/attach/attaching/launchEntry';
import { readPickArguments } from '../../../../extension/attach/picking/pickArguments';
import { debuggerOf } from '../../../../extension/attach/debuggers';
import type { AttachTarget } from '../../../../extension/attach/debuggers/debugger';
import { NothingDone } from '../../../../extension/errors';
import { row } from '../../views/rows';

const shop = row(4711, 1, { comm: 'shop', exe: '/srv/shop (1)/shop+', args: ['shop', '-v'] });

const here: AttachTarget = {
  row: shop,
  program: '/srv/shop (1)/shop+',
  root: null,
  nsPid: null,
  contact: null,
  gdb: null,
};
const contained: AttachTarget = {
  ...here,
  program: '/proc/4711/exe',
  root: '/proc/4711/root',
  nsPid: 7,
};

const entry = (type: string, target: AttachTarget, used: string[] = []) =>
  launchEntry(debuggerOf(type)!, target, used);

describe('an entry of launch.json', () => {
  it('asks for the program, and holds no number and no key', () => {
    const { configuration, input } = entry('lldb-dap', here);
    assert.deepEqual(configuration, {
      ...{ type: 'lldb-dap', request: 'attach', name: 'Attach to shop' },
      ...{ program: '/srv/shop (1)/shop+', pid: '${input:pidfd-shop}' },
    });
    assert.deepEqual(input, {
      ...{ id: 'pidfd-shop', type: 'command', command: 'pidfd.pickProcess' },
      args: {
        filter: { executable: '^/srv/shop \\(1\\)/shop\\+$' },
        ...{ debugger: 'lldb-dap', autoPickIfUnique: true },
      },
    });
  });

  it('has arguments that the command takes, and that find the program', () => {
    for (const type of ['lldb', 'cppdbg', 'gdb', 'lldb-mi', 'debugpy', 'coreclr', 'node']) {
      const { configuration, input } = entry(type, here);
      assert.ok(input, type);
      const found = readPickArguments(input.args).filter?.select([shop], () => ({}));
      assert.deepEqual(found, [shop], type);
      assert.ok(!JSON.stringify(configuration).includes('4711'), type);
    }
  });

  it('finds files by the number that is asked for, in a container', () => {
    const { configuration } = entry('cppdbg', contained);
    assert.equal(configuration['program'], '/proc/${input:pidfd-shop}/exe');
    assert.deepEqual(configuration['setupCommands'], [
      { text: 'set sysroot /proc/${input:pidfd-shop}/root', ignoreFailures: false },
    ]);
    assert.equal(configuration['processId'], '${input:pidfd-shop}');
  });

  it('needs no input where the debugger connects', () => {
    const contact = { kind: 'port', host: '127.0.0.1', port: 5005 } as const;
    const { configuration, input } = entry('java', { ...contained, contact });
    assert.equal(input, null);
    assert.equal(configuration['port'], 5005);
  });

  it('has an id that nobody else has', () => {
    const used = ['pidfd-shop', 'pidfd-shop-2'];
    assert.equal(entry('lldb', here, used).input?.id, 'pidfd-shop-3');
    const odd = { ...here, row: { ...shop, comm: 'a b}${c', exe: null, args: [] } };
    assert.equal(entry('lldb', odd).input?.id, 'pidfd-a-b-c');
  });

  it('has no variable but its own, whatever the process is called', () => {
    const called = '${command:x}${env:HOME}';
    const theirs = { comm: called.slice(0, 15), exe: `/${called}`, args: [called, called] };
    const hostile = { ...here, program: '/proc/4711/exe', row: { ...shop, ...theirs } };
    for (const type of ['lldb', 'cppdbg', 'debugpy', 'node']) {
      const { configuration, input } = entry(type, hostile);
      const text = JSON.stringify([configuration, input]);
      assert.ok(!text.replaceAll(`\${input:${input?.id}}`, '').includes('${'), text);
    }
  });

  it('is refused where a path would be taken for a variable', () => {
    const contact = { kind: 'socket', path: '/tmp/${command:x}/rdbg-1' } as const;
    assert.throws(
      () => entry('rdbg', { ...here, contact }),
      (error) => error instanceof NothingDone && /take for a variable/.test(error.message),
    );
  });

  it('is refused for Go, which would take the text for a name', () => {
    assert.throws(
      () => entry('go', here),
      (error) => error instanceof NothingDone && /Attach Debugger/.test(error.message),
    );
  });

  it('cannot have a port that lasts for a session', () => {
    const contact = { kind: 'far', listener: { address: '127.0.0.1', port: 5005 } } as const;
    assert.throws(
      () => entry('java', { ...here, contact }),
      (error) => error instanceof NothingDone && /port 5005 .*Attach Debugger/.test(error.message),
    );
  });
});

describe('the filter of an entry', () => {
  it('tells an interpreter by what it runs', () => {
    const node = row(5, 1, { kind: 'node', exe: '/usr/bin/node', args: ['node', 'a.js', '$x'] });
    assert.deepEqual(filterFor(node), {
      executable: '^/usr/bin/node$',
      commandLine: 'a\\.js \\$x$',
    });
    const long = { ...node, args: ['node', 'x'.repeat(300)] };
    assert.equal(filterFor(long)['commandLine'], 'x'.repeat(200));
  });

  it('takes the name where the executable cannot be read', () => {
    assert.deepEqual(filterFor(row(5, 1, { comm: 'init' })), { name: '^init$' });
  });
});
