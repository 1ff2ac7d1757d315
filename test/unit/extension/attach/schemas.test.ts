import assert from 'node:assert/strict';
import { debuggers } from '../../../../extension/attach/debuggers';
import type { AttachTarget, Debugger } from '../../../../extension/attach/debuggers/debugger';
import { NothingDone } from '../../../../extension/errors';
import { row } from '../../views/rows';
import { faultsIn, publishedSchema } from './schema';

const here: AttachTarget = {
  row: row(4711),
  program: '/usr/bin/thing',
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
const port = { kind: 'port', host: '127.0.0.1', port: 5005 } as const;
const socket = { kind: 'socket', path: '/tmp/rdbg-0/rdbg-7' } as const;
const inspector = { kind: 'inspector', websocketAddress: 'ws://127.0.0.1:9229/uuid' } as const;

/** Everything that a configuration may be made of. */
const targets = [here, contained].flatMap((target) =>
  [null, port, socket, inspector].map((contact) => ({ ...target, contact })),
);

/** Two extensions contribute `gdb`; the old type of Python is what became `debugpy`. */
const files: Record<string, string> = {
  'eclipse-cdt.cdt-gdb-vscode': 'gdb.cdt',
  'ms-python.python': 'debugpy',
};
const schemaOf = ({ type, extension }: Debugger) =>
  publishedSchema(files[extension] ?? (type === 'gdb' ? 'gdb.webfreak' : type));

function configured(one: Debugger): object[] {
  return targets.flatMap((target) => {
    try {
      return [one.configure(target)];
    } catch (error) {
      assert.ok(error instanceof NothingDone, String(error));
      return [];
    }
  });
}

describe('the configurations', () => {
  for (const one of debuggers) {
    it(`of ${one.type} (${one.extension}${one.variant ? `, ${one.variant}` : ''}) fit its published schema`, () => {
      const made = configured(one);
      assert.ok(made.length > 0);
      for (const configuration of made) {
        assert.deepEqual(faultsIn(configuration, schemaOf(one)), [], JSON.stringify(configuration));
      }
    });
  }

  it('would not fit with a wrong type, a missing or an unknown attribute, or a word not in the list', () => {
    const schema = publishedSchema('cppdbg');
    assert.deepEqual(faultsIn({ processId: 1.5 }, schema), [
      '.program: missing',
      '.processId: 1.5 is not string or integer',
    ]);
    assert.deepEqual(faultsIn({ program: 'x', setupCommands: [{ txt: '' }] }, schema), [
      '.setupCommands[0].txt: unknown',
    ]);
    assert.deepEqual(faultsIn({ mode: 'here' }, publishedSchema('go')), ['.mode: not in the list']);
  });

  it('name where each schema is from', () => {
    for (const one of debuggers) {
      const { source, version } = schemaOf(one);
      assert.match(source, /package\.json/);
      assert.ok(version);
    }
  });
});

describe('in a container', () => {
  const of = (type: string, extension?: string) =>
    debuggers.find((one) => one.type === type && (!extension || one.extension === extension))!;

  it('gdb takes files from the root of the process', () => {
    const made = of('cppdbg').configure(contained);
    assert.equal(made.program, '/proc/4711/exe');
    assert.deepEqual(made.setupCommands, [
      { text: 'set sysroot /proc/4711/root', ignoreFailures: false },
    ]);
    assert.equal(made.processId, 4711);
  });

  it('lldb looks for modules below it', () => {
    for (const type of ['lldb', 'lldb-dap']) {
      const made = of(type).configure(contained);
      assert.equal(made.program, '/proc/4711/exe');
      assert.deepEqual(made.preRunCommands, ['target modules search-paths add / /proc/4711/root/']);
      assert.equal(made.pid, 4711);
    }
  });

  it('nothing of that is said where the files are ours', () => {
    assert.equal(of('cppdbg').configure(here).setupCommands, undefined);
    assert.equal(of('lldb').configure(here).preRunCommands, undefined);
  });

  it('dlv takes the number that the process has here', () => {
    assert.equal(of('go').configure(contained).processId, 4711);
  });

  it('what goes by number inside is refused, with what works instead', () => {
    assert.throws(() => of('debugpy').configure(contained), /"--pid 7"/);
    assert.throws(() => of('coreclr').configure(contained), /pipeTransport.*processId 7/);
    assert.deepEqual(of('debugpy').configure({ ...contained, contact: port }).connect, {
      host: '127.0.0.1',
      port: 5005,
    });
  });

  it('what is reached by port or socket is', () => {
    const java = of('java').configure({ ...contained, contact: port });
    assert.equal(java.hostName, '127.0.0.1');
    assert.equal(java.port, 5005);
    assert.equal(of('rdbg').configure({ ...here, contact: socket }).debugPort, socket.path);
    assert.equal(of('rdbg').configure({ ...here, contact: port }).debugPort, '127.0.0.1:5005');
    for (const type of ['java', 'rdbg', 'node']) {
      assert.throws(() => of(type).configure(here), NothingDone);
    }
  });
});
