import assert from 'node:assert/strict';
import { attachTarget } from '../../../../extension/attach/attaching/attachTarget';
import { configurationFor } from '../../../../extension/attach/attaching/configurationFor';
import { contactOf } from '../../../../extension/attach/attaching/contacts';
import { DebuggerChoice } from '../../../../extension/attach/attaching/debuggerChoice';
import { installedDebuggers } from '../../../../extension/attach/attaching/installedDebuggers';
import { askedPort } from '../../../../extension/attach/attaching/listenedPort';
import { debuggerOf } from '../../../../extension/attach/debuggers';
import type { Contact } from '../../../../extension/attach/debuggers/debugger';
import { NothingDone } from '../../../../extension/errors';
import type { AttachFacts, AttachPreflight, Listening } from '../../../../native-host/protocol';
import { FakeHost } from '../../views/fakeHost';
import { keyOf, row } from '../../views/rows';
import { FakeMemory } from '../fakeMemory';

const facts: AttachFacts = {
  exe: { value: '/usr/bin/thing' },
  exeDeleted: false,
  numbers: { value: [4711, 7] },
  shares: { pid: true, mnt: true, net: true, user: true },
  catchesSigusr1: null,
  stopped: false,
  nodeOptions: null,
  gdb: null,
};
const elsewhere = { pid: false, mnt: false, net: false, user: null } as const;
const of = (more: Partial<AttachFacts>) =>
  attachTarget({ row: row(4711), facts: { ...facts, ...more } }, null);

describe('what a configuration is made of', () => {
  it('is what the process itself has, where it shares our files and numbers', () => {
    const { program, root, nsPid } = of({});
    assert.deepEqual([program, root, nsPid], ['/usr/bin/thing', null, null]);
  });

  it('is reached through /proc from elsewhere', () => {
    const { program, root, nsPid } = of({ shares: elsewhere });
    assert.deepEqual([program, root, nsPid], ['/proc/4711/exe', '/proc/4711/root', 7]);
  });

  it('is the file that runs, also where another has its name by now', () => {
    assert.equal(of({ exeDeleted: true }).program, '/proc/4711/exe');
    assert.equal(of({ exe: { unknown: 'permission' } }).program, '/proc/4711/exe');
  });

  it('is the file that runs, also where its name is a variable to VS Code', () => {
    assert.equal(of({ exe: { value: '/tmp/${command:x}/y' } }).program, '/proc/4711/exe');
  });
});

describe('a configuration', () => {
  const make = (type: string, program: string, contact: Contact | null) => {
    const called = { comm: '${env:HOME}', args: ['${command:x}'] };
    const target = { ...attachTarget({ row: row(4711, 1, called), facts }, contact), program };
    return configurationFor({} as Parameters<typeof configurationFor>[0], {
      debugger: debuggerOf(type)!,
      seen: {} as AttachPreflight,
      target,
    });
  };

  it('has none of the words of a process that are a variable', async () => {
    const configuration = await make('lldb', '/usr/bin/thing', null);
    assert.ok(!JSON.stringify(configuration).includes('${'));
  });

  it('is refused where one would be in it, wherever it stands', async () => {
    const path = '/tmp/${command:x}/y';
    const port = { kind: 'port', host: '${command:x}', port: 5005 } as const;
    for (const making of [
      make('rdbg', '/usr/bin/ruby', { kind: 'socket', path }),
      make('java', '/usr/bin/java', port),
      make('cppdbg', path, null),
    ])
      await assert.rejects(
        making,
        (error) => error instanceof NothingDone && /take for a variable/.test(error.message),
      );
  });
});

const extension = (id: string, ...types: string[]) => ({
  id,
  packageJSON: { contributes: { debuggers: types.map((type) => ({ type, label: `L ${type}` })) } },
});
const installed = (...some: { id: string; packageJSON: unknown }[]) =>
  installedDebuggers(some).map((one) => `${one.label}: ${one.debugger.extension}`);

describe('the debuggers that are installed', () => {
  it('are found by type, whoever contributes it', () => {
    assert.deepEqual(installed(extension('open-vsx.fork', 'lldb')), [
      'L lldb: vadimcn.vscode-lldb',
    ]);
    assert.deepEqual(installed(extension('ms-vscode.cpptools', 'cppdbg', 'cppvsdbg')), [
      'L cppdbg (gdb): ms-vscode.cpptools',
      'L cppdbg (lldb): ms-vscode.cpptools',
    ]);
  });

  it('are told apart by extension where two contribute one type', () => {
    const cdt = extension('eclipse-cdt.cdt-gdb-vscode', 'gdb');
    const native = extension('WebFreak.debug', 'gdb', 'lldb-mi');
    assert.deepEqual(installed(cdt), ['L gdb: eclipse-cdt.cdt-gdb-vscode']);
    assert.deepEqual(installed(native), ['L gdb: webfreak.debug', 'L lldb-mi: webfreak.debug']);
    assert.equal(installed(cdt, native).length, 3);
    assert.deepEqual(installed(extension('somebody.else', 'gdb')), []);
  });

  it('are none in what is no manifest', () => {
    for (const packageJSON of [null, 7, {}, { contributes: { debuggers: [null, {}, 'x'] } }]) {
      assert.deepEqual(installed({ id: 'x.y', packageJSON }), []);
    }
    const key = { contributes: { debuggers: [{ type: 'go', label: '%x%' }] } };
    assert.deepEqual(installed({ id: 'golang.go', packageJSON: key }), ['go: golang.go']);
  });

  it('are remembered for each kind of program, while they are there', async () => {
    const choice = new DebuggerChoice(new FakeMemory());
    const all = installedDebuggers([extension('a.b', 'lldb', 'cppdbg')]);
    const lldbByMicrosoft = all.find(({ debugger: { variant } }) => variant === 'lldb')!;
    assert.equal(choice.of('native', all), undefined);
    await choice.remember('native', lldbByMicrosoft);
    assert.equal(choice.of('native', all), lldbByMicrosoft);
    assert.equal(choice.of('go', all), undefined);
    assert.equal(choice.of('native', installedDebuggers([extension('a.b', 'lldb')])), undefined);
  });
});

describe('the port that a program waits at for its debugger', () => {
  it('is in its arguments', () => {
    for (const [type, port, ...args] of [
      ['java', 5005, '-agentlib:jdwp=transport=dt_socket,server=y,address=5005'],
      ['java', 8000, '-agentlib:jdwp=transport=dt_socket,address=*:8000,suspend=n'],
      ['java', 0, '-Xrunjdwp:transport=dt_socket,server=y,address=127.0.0.1:0'],
      ['java', undefined, '-jar', 'address=5005'],
      ['debugpy', 5678, '-m', 'debugpy', '--listen', '5678', 'app.py'],
      ['python', 5678, '-m', 'debugpy', '--listen', '0.0.0.0:5678', 'app.py'],
      ['debugpy', undefined, 'app.py', '--listen'],
      ['rdbg', 12345, '--open', '--port', '12345'],
      ['rdbg', undefined, '--open'],
      ['lldb', undefined, '--listen', '1'],
    ] as const) {
      assert.equal(askedPort(type, ['x', ...args]), port, args.join(' '));
    }
  });
});

describe('where a debugger connects', () => {
  const seen = (args: string[], more: Partial<AttachFacts> = {}) =>
    ({ row: row(5, 1, { args }), facts: { ...facts, ...more } }) as AttachPreflight;
  const listening = (ports: number[], unix: string[] = []): FakeHost => {
    const tcp = { value: ports.map((port) => ({ address: '127.0.0.1', port })) };
    const one: Listening = { key: keyOf(5), tcp, unix: { value: unix } };
    return new FakeHost().on('sockets/listening', () => ({ processes: [one] }));
  };
  const jdwp = (address: string) => [
    'java',
    `-agentlib:jdwp=transport=dt_socket,address=${address}`,
  ];

  it('is the port that was asked for, if the process listens there', async () => {
    const port = { kind: 'port', host: '127.0.0.1', port: 5005 };
    assert.deepEqual(await contactOf(listening([80, 5005]), 'java', seen(jdwp('5005'))), port);
    const elsewhere = listening([80]).on('sockets/served', () => ({
      by: null,
      at: null,
      others: [],
    }));
    assert.equal(await contactOf(elsewhere, 'java', seen(jdwp('5005'))), null);
    const helped = listening([]).on('sockets/served', () => ({
      ...{ by: 'helper', at: { address: '127.0.0.1', port: 5005 } },
      others: [row(6)],
    }));
    const listen = ['python', '-m', 'debugpy', '--listen', '5005', 'a.py'];
    assert.deepEqual(await contactOf(helped, 'debugpy', seen(listen)), port);
    assert.equal(await contactOf(listening([5005]), 'java', seen(['java'])), null);
  });

  it('is the only one there is, where the system chose it', async () => {
    const port = { kind: 'port', host: '127.0.0.1', port: 80 };
    assert.deepEqual(await contactOf(listening([80]), 'java', seen(jdwp('0'))), port);
    assert.equal(await contactOf(listening([80, 81]), 'java', seen(jdwp('0'))), null);
  });

  it('is far in another network, where it waits there itself', async () => {
    const there = seen(jdwp('5005'), { shares: elsewhere });
    const listener = { address: '127.0.0.1', port: 5005 };
    const host = listening([5005]);
    host.on('sockets/served', () => ({ by: 'listening', at: listener, others: [] }));
    assert.deepEqual(await contactOf(host, 'java', there), { kind: 'far', listener });
    for (const [by, why] of [
      [null, /port 5005 .* cannot be told/],
      ['connected', /does not wait for a debugger at port 5005/],
    ] as const) {
      host.on('sockets/served', () => ({ by, at: null, others: [] }));
      await assert.rejects(
        contactOf(host, 'java', there),
        (error) => error instanceof NothingDone && why.test(error.message),
      );
    }
  });

  it("is the debugger's socket, through the root of the process", async () => {
    const path = '/tmp/rdbg-0/rdbg-7';
    const host = listening([], ['@x', '/run/other', path]);
    assert.deepEqual(await contactOf(host, 'rdbg', seen([])), { kind: 'socket', path });
    const there = await contactOf(host, 'rdbg', seen([], { shares: elsewhere }));
    assert.deepEqual(there, { kind: 'socket', path: `/proc/5/root${path}` });
    assert.equal(await contactOf(listening([], ['/x']), 'rdbg', seen([])), null);
  });
});
