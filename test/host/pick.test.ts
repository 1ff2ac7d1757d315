import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProcessKey, ProcessKind } from '../../native-host/protocol';
import { asNobody } from '../support/asNobody';
import { children } from '../support/children';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import { pidReuse } from '../support/pidReuse';
import { namespaces } from '../support/namespaces';
import { rejectsWith } from '../support/rejectsWith';
import { skipBecause } from '../support/results';
import { withHost } from '../support/withHost';

const keyOf = async (host: HostClient, pid: number): Promise<ProcessKey> =>
  (await host.request('processes/find', { pid })).key;

const folders = async (host: HostClient, ...keys: ProcessKey[]) =>
  (await host.request('processes/folders', { keys })).folders;

describe('processes/folders', () => {
  it('tells twins apart', () =>
    withHost(async ({ host }) => {
      const [one, other] = [await children.own(), await children.own()];
      await one.ask('chdir', '/usr');
      await other.ask('chdir', '/');
      const keys = [await keyOf(host, one.pid), await keyOf(host, other.pid)];
      assert.deepEqual(await folders(host, ...keys), [
        { key: keys[0], cwd: { value: '/usr' } },
        { key: keys[1], cwd: { value: '/' } },
      ]);
    }));

  it("says that it may not know another user's", async function () {
    await withHost(async ({ host }) => {
      const key = await keyOf(host, (await children.own()).pid);
      assert.deepEqual(await folders(host, key), [{ key, cwd: { unknown: 'permission' } }]);
    }, asNobody(this));
  });

  it('leaves out those that ended, and says nothing of who has their number', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      await pidReuse.recycle(
        this,
        parent,
        (victim) => keyOf(host, victim.pid),
        async (successor, old) => {
          const own = await keyOf(host, successor.pid);
          const seen = await folders(host, old, own);
          assert.deepEqual(
            seen.map(({ key }) => key),
            [own],
          );
        },
      );
    });
  });

  it('knows of a zombie that it works nowhere', () =>
    withHost(async ({ host }) => {
      const { child } = await children.zombie(0);
      const [seen] = await folders(host, await keyOf(host, child.pid));
      assert.ok(seen && 'unknown' in seen.cwd);
    }));
});

describe('attach/runtime', () => {
  let folder: string;
  const started: ChildProcess[] = [];

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pidfd-runtime-'));
  });

  after(() => {
    for (const child of started) child.kill('SIGKILL');
    rmSync(folder, { recursive: true });
  });

  /** The same file under a name that says nothing. */
  function renamed(program: string, name = 'shop'): string {
    const path = join(folder, `${started.length}-${name}`);
    copyFileSync(program, path, constants.COPYFILE_FICLONE);
    return path;
  }

  /** Ends by itself. */
  async function run(program: string, args: string[], env = {}): Promise<number> {
    const child = spawn(program, args, { stdio: 'ignore', env: { ...process.env, ...env } });
    started.push(child);
    const pid = child.pid ?? 0;
    await eventually(`${program} runs`, () => readlinkSync(`/proc/${pid}/exe`) === program);
    return pid;
  }

  /** What is mapped comes a moment after the start, and a deadline may pass on a busy machine. */
  const becomes = (host: HostClient, pid: number, kind: ProcessKind) =>
    eventually(
      `${pid} is ${kind}`,
      async () => {
        const key = await keyOf(host, pid);
        return (await host.request('attach/runtime', { key })).kind === kind;
      },
      10_000,
    );

  it('knows Node.js by what is in its executable', () =>
    withHost(async ({ host }) => {
      const pid = await run(renamed(process.execPath), ['-e', 'setTimeout(() => {}, 30000)']);
      await becomes(host, pid, 'node');
    }));

  it('knows Python by what is in its executable', function () {
    return withHost(async ({ host }) => {
      const python = ['/usr/bin/python3.11', '/usr/bin/python3'].find((path) => existsSync(path));
      if (!python) skipBecause(this, 'there is no Python');
      const pid = await run(renamed(python), ['-c', 'import time; time.sleep(30)']);
      await becomes(host, pid, 'python');
    });
  });

  it('knows Java and .NET by the library that their launchers load', () =>
    withHost(async ({ host }) => {
      for (const [library, kind] of [
        ['libjvm.so', 'java'],
        ['libcoreclr.so', 'dotnet'],
      ] as const) {
        const stand = join(folder, library);
        copyFileSync(anyLibrary(), stand);
        const pid = await run('/usr/bin/sleep', ['30'], { LD_PRELOAD: stand });
        await becomes(host, pid, kind);
      }
    }));

  it('knows it where it stands far down among many', () =>
    withHost(async ({ host }) => {
      const all = ['libjvm.so', ...Array.from({ length: 12 }, (_, n) => `other-${n}.so`)];
      const paths = all.map((name) => join(folder, name));
      for (const path of paths) copyFileSync(anyLibrary(), path);
      const pid = await run('/usr/bin/sleep', ['30'], { LD_PRELOAD: paths.join(' ') });
      const maps = () => readFileSync(`/proc/${pid}/maps`, 'latin1');
      await eventually('all are mapped', () => paths.every((path) => maps().includes(path)));
      assert.ok(maps().indexOf('libjvm.so') > 4096);
      await becomes(host, pid, 'java');
    }));

  it('believes no file that is only called like a runtime', () =>
    withHost(async ({ host }) => {
      for (const name of ['node', 'python3', 'java', 'dotnet', 'ruby', 'bash']) {
        const path = join(folder, name);
        copyFileSync('/usr/bin/sleep', path);
        const pid = await run(path, ['30']);
        const key = await keyOf(host, pid);
        assert.deepEqual(await host.request('attach/runtime', { key }), { kind: 'native' }, name);
      }
    }));

  /** Made by Go's linker, by its note: that of the build stands where nobody looks when it is run. */
  function asOfGo(program: Buffer): Buffer {
    const build = program.indexOf('\x03\0\0\0GNU\0', 0, 'latin1'); // elf(5): its type, its owner
    assert.ok(build > 0 && build < 4000);
    const made = Buffer.from(program);
    made.write('\x04\0\0\0Go\0\0', build + 8, 'latin1');
    return made;
  }

  it('knows Go by what is in the very file that it runs, whatever others ran under that name', () =>
    withHost(async ({ host }) => {
      const sleep = readFileSync('/usr/bin/sleep');
      const path = join(folder, 'rebuilt');
      for (const [program, kind] of [
        [asOfGo(sleep), 'go'],
        [sleep, 'native'],
        [asOfGo(sleep), 'go'],
      ] as const) {
        rmSync(path, { force: true }); // what is run still cannot be written
        writeFileSync(path, program, { mode: 0o755 });
        await becomes(host, await run(path, ['30']), kind);
      }
    }));

  it('calls everything else native, also number 1 of a PID namespace', function () {
    return withHost(async ({ host }) => {
      const [init] = await namespaces.nest(this, 1);
      const row = await host.request('processes/find', { pid: init?.pid ?? 0 });
      assert.equal(row.kind, 'containerInit');
      assert.deepEqual(await host.request('attach/runtime', { key: row.key }), { kind: 'native' });
    });
  });

  it('says nothing of the next owner of a number', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      await pidReuse.recycle(
        this,
        parent,
        (victim) => keyOf(host, victim.pid),
        async (_successor, key) => {
          await rejectsWith('Gone', host.request('attach/runtime', { key }));
        },
      );
    });
  });
});

/** Any library that loads anywhere. */
function anyLibrary(): string {
  const path = /\/\S*\/libm[.-]\S*/.exec(readFileSync('/proc/self/maps', 'latin1'))?.[0];
  assert.ok(path, 'libm is mapped');
  return path;
}
