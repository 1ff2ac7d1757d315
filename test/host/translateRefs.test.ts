import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type {
  ErrorKind,
  NamespaceId,
  NamespaceRef,
  TranslatedNumber,
} from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { children } from '../support/children';
import { eventually } from '../support/eventually';
import { withoutFiles } from '../support/fewFiles';
import type { HostClient } from '../support/hostClient';
import { namespaces } from '../support/namespaces';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { skipBecause } from '../support/results';
import { translations } from '../support/translations';
import { withHost } from '../support/withHost';

const { ours, at, of, by, one, batch } = translations;

/** The namespace cannot be had, and that is all: the request itself succeeds. */
async function refuses(host: HostClient, source: NamespaceRef, kind: ErrorKind): Promise<void> {
  const items = [{ numbers: [1], source, target: ours }];
  const { results } = await host.request('translate/batch', { items });
  const [result] = results;
  assert.ok(result && 'error' in result, JSON.stringify(result));
  assert.equal(result.error.kind, kind, JSON.stringify(source));
}

/** Its init has exited. For a scan any zombie that was number 1 anywhere may have been it. */
function assertNobody(answer: TranslatedNumber | undefined, words: readonly string[]): void {
  const nobody = words.length > 0 ? ['noProcess', 'unproven'] : ['noProcess'];
  assert.ok(nobody.includes(String(answer)), String(answer));
}

describe('a namespace to translate from or to', () => {
  let folder: string;
  before(() => void (folder = mkdtempSync(join(tmpdir(), 'translate-'))));
  after(() => rmSync(folder, { recursive: true }));

  it("is a process', by its key", function () {
    return withHost(async ({ host }) => {
      const [init] = (await namespaces.nest(this, 1)) as [Actor];
      const child = await init.fork();
      const { key } = await host.request('processes/find', { pid: child.pid });
      assert.equal(await one(host, 2, { kind: 'process', key }, ours), child.pid);
      assert.equal(await one(host, child.pid, ours, { kind: 'process', key }), 2);
      child.exit(0);
      await init.reap(child);
      await refuses(host, { kind: 'process', key }, 'Gone');
    });
  });

  it("is none of a zombie's, which is in none any more where the kernel is asked by pidfd", () =>
    withHost(async ({ host }) => {
      const { child } = await children.zombie(0);
      const { key } = await host.request('processes/find', { pid: child.pid });
      const items = [{ numbers: [1], source: { kind: 'process', key } as const, target: ours }];
      const { results } = await host.request('translate/batch', { items });
      await translations.assertOfZombie(results[0], [1]);
    }));

  it('is an inode, as long as somebody is in it', function () {
    return withHost(async ({ host }) => {
      const parent = await children.own();
      const [init] = (await namespaces.nest(this, 1, parent)) as [Actor];
      const source = of(init);
      for (let again = 0; again < 2; again++) {
        assert.equal(await one(host, 1, source, ours), init.pid);
      }
      init.exit(0);
      await parent.reap(init);
      await refuses(host, source, 'Gone');
    });
  });

  it('is a nsfs path of /proc', function () {
    return withHost(async ({ host }) => {
      const [init] = (await namespaces.nest(this, 1)) as [Actor];
      assert.equal(await one(host, 1, at(`/proc/${init.pid}/ns/pid`), ours), init.pid);
    });
  });

  for (const words of translations.ways) {
    it(`is a bind mount, also when nothing else keeps the namespace ${by(words)}`, function () {
      if (process.getuid?.() !== 0) skipBecause(this, 'only root may mount');
      const file = join(folder, 'kept');
      writeFileSync(file, '');
      return withHost(
        async ({ host }) => {
          const parent = await children.own();
          const [init] = (await namespaces.nest(this, 1, parent)) as [Actor];
          execFileSync('mount', ['--bind', `/proc/${init.pid}/ns/pid`, file]);
          try {
            const source = translations.idOf(init);
            assert.equal(await one(host, 1, at(file), ours), init.pid);
            init.exit(0);
            await parent.reap(init);
            const kept = await batch(host, [1], at(file), ours);
            assertNobody(kept.answers[0], words);
            assert.deepEqual([kept.source, kept.relation], [source, 'inside']);
            assert.deepEqual((await batch(host, [parent.pid], ours, at(file))).answers, [
              'noneThere',
            ]);
          } finally {
            execFileSync('umount', [file]);
          }
        },
        undefined,
        words,
      );
    });

    it(`is a descriptor that some process keeps ${by(words)}`, function () {
      return withHost(
        async ({ host }) => {
          const parent = await children.own();
          const [a, b] = (await namespaces.nest(this, 2, parent)) as [Actor, Actor];
          const fd = openSync(`/proc/${b.pid}/ns/pid`, 'r');
          try {
            b.exit(0);
            await a.reap(b);
            const kept = at(`/proc/${process.pid}/fd/${fd}`);
            assert.equal((await batch(host, [1], kept, of(a))).relation, 'inside');
            assert.equal((await batch(host, [1], of(a), kept)).relation, 'outside');
            assertNobody(await one(host, 1, kept, of(a)), words);
            assert.equal(await one(host, 1, of(a), kept), 'noneThere');
          } finally {
            closeSync(fd);
          }
        },
        undefined,
        words,
      );
    });
  }

  it('is nothing else, whatever a path leads to', () =>
    withHost(async ({ host }) => {
      const fifo = join(folder, 'fifo'); // opening one waits for a writer
      execFileSync('mkfifo', [fifo]);
      await refuses(host, at(fifo), 'Invalid');
      for (const path of [folder, '/etc/passwd', '/proc/self/status', '/proc/self/ns/net']) {
        await refuses(host, at(path), 'Invalid');
      }
      await refuses(host, at(join(folder, 'missing')), 'Gone');
      await refuses(host, at('/etc/passwd/ns'), 'Gone');
      await refuses(host, { kind: 'namespace', namespace: '1' as NamespaceId }, 'Gone');
    }));

  it('is not said to be none where there are no descriptors to look with', () =>
    withHost(async ({ host }) => {
      const path = at('/proc/self/ns/pid');
      await withoutFiles(host, () => refuses(host, path, 'Exhausted'));
      assert.equal(await one(host, host.pid, path, ours), host.pid); // now there are some
    }));

  it("is not another user's, who does not let us look", async function () {
    const prefix = asNobody(this);
    await withHost(async ({ host }) => {
      const [init] = (await namespaces.nest(this, 1)) as [Actor];
      const { key } = await host.request('processes/find', { pid: init.pid });
      await refuses(host, { kind: 'process', key }, 'Denied');
      await refuses(host, at(`/proc/${init.pid}/ns/pid`), 'Denied');
      await refuses(host, of(init), 'Gone');
      assert.equal(await one(host, init.pid, ours, ours), init.pid, 'our numbers need no right');
    }, prefix);
  });

  it("is proven only where it can be read, below Linux 6.11, for another user's process", async function () {
    const prefix = asNobody(this);
    await withHost(
      async ({ host }) => {
        const [init] = (await namespaces.nest(this, 1)) as [Actor];
        assert.equal(await one(host, init.pid, ours, ours), init.pid);
        const second = await init.fork();
        const unshare = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--kill-child'];
        const [program = '', ...args] = [...prefix, ...unshare, 'sleep', '60'];
        const own = spawn(program, args, { stdio: 'ignore' });
        const ended = once(own, 'exit');
        try {
          // Before it runs a program of its own nobody may look at it.
          const isReady = (pid: number) => procfs.stat(pid)?.comm === 'sleep';
          const inner = await eventually('its init', () =>
            procfs.children(own.pid ?? 0).find(isReady),
          );
          const source = at(`/proc/${inner}/ns/pid`);
          const { answers } = await batch(host, [1, second.nsPid, 4711], source, ours);
          assert.deepEqual(answers, [inner, 'unproven', 'noProcess']);
          const namespace = procfs.namespace(inner, 'pid');
          const find = (number: number) =>
            host.request('translate/find', { namespace, nsPid: number });
          assert.equal((await find(1))?.row.pid, inner);
          assert.equal(await find(4711), null);
          await rejectsWith('Denied', find(second.nsPid)); // it may be in there
        } finally {
          own.kill('SIGKILL'); // our own child; --kill-child ends those below
          await ended;
        }
      },
      prefix,
      ['--without=translateIoctls'],
    );
  });

  it('lies around ours as seen from a host inside, which proves what it can', function () {
    const unshare = ['unshare', '--pid', '--fork', '--kill-child', '--mount-proc'];
    if (process.getuid?.() !== 0) skipBecause(this, 'only root makes a PID namespace alone');
    return withHost(
      async ({ host, initialized }) => {
        translations.requireIoctls(this, initialized);
        const inside = procfs.children(host.pid)[0] ?? 0;
        const outer = at(`${folder}/outer`);
        assert.deepEqual(initialized.world.pid, 1);
        const { answers, relation } = await batch(host, [1], ours, outer);
        assert.deepEqual([answers, relation], [[inside], 'inside']);
        const { answers: back, relation: around } = await batch(host, [inside, 1], outer, ours);
        assert.deepEqual([back, around], [[1, 'unproven'], 'outside']);
      },
      [
        ...[
          'unshare',
          '--mount',
          'sh',
          '-c',
          'touch "$0" && mount --bind /proc/self/ns/pid "$0" && exec "$@"',
        ],
        ...[`${folder}/outer`, ...unshare],
      ],
    );
  });
});
