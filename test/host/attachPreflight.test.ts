import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { asNobody } from '../support/asNobody';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import { eventually } from '../support/eventually';
import { namespaces } from '../support/namespaces';
import { preflights } from '../support/preflights';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { skipBecause } from '../support/results';
import { Sandbox, someone } from '../support/sandbox';
import { withHost } from '../support/withHost';

const { agree, ordinary, ask: preflight, user } = preflights;
const { refuse, actor: program } = buildFixtures();
const refusing = (call: string) => [refuse, 'EPERM', call, '--'];

describe('attach/preflight', () => {
  const isRoot = process.getuid?.() === 0;

  describe('as whoever runs the tests', () => {
    it('allows an ordinary process, and says what configurations are built of', () =>
      withHost(async ({ host }) => {
        const child = await children.own();
        const answer = await agree(host, child.pid, []);
        assert.equal(answer.asked, 'pidfd');
        assert.deepEqual(answer.guards, []);
        assert.deepEqual(answer.facts, {
          exe: { value: program },
          exeDeleted: false,
          numbers: { value: [child.pid] },
          shares: { pid: true, mnt: true, net: true, user: true },
          catchesSigusr1: false,
          stopped: false,
          nodeOptions: null,
          gdb: null,
        });
        await child.ask('handle', 10);
        assert.equal((await preflight(host, child.pid)).facts.catchesSigusr1, true);
      }));

    it('sees another PID namespace and what its process is called there', function () {
      return withHost(async ({ host }) => {
        const [init] = await namespaces.nest(this, 1);
        assert.ok(init);
        const { facts } = await agree(host, init.pid, []);
        assert.deepEqual(facts.numbers, { value: [init.pid, 1] });
        const expected = { pid: false, mnt: true, net: true, user: isRoot };
        assert.deepEqual(facts.shares, expected);
      });
    });

    it('names the debugger that is there already', () =>
      withHost(async ({ host }) => {
        const [child, tracer] = [await children.own(), await children.own()];
        await tracer.ask('trace', child.pid);
        const { reasons } = await agree(host, child.pid, ['traced']);
        assert.ok(reasons[0]?.kind === 'traced');
        assert.equal(reasons[0].tid, tracer.pid);
        assert.equal(reasons[0].tracer?.row.pid, tracer.pid);
        assert.match(reasons[0].tracer.row.key, new RegExp(`^${tracer.pid}[:@]`));
        await tracer.ask('untrace', child.pid);
        await agree(host, child.pid, []);
      }));

    it('names it also where one of its other threads traces', () =>
      withHost(async ({ host }) => {
        const [child, tracer] = [await children.own(), await children.own()];
        const tid = await tracer.askNumber('threadTrace', child.pid);
        const { reasons } = await agree(host, child.pid, ['traced']);
        assert.ok(reasons[0]?.kind === 'traced');
        assert.deepEqual([reasons[0].tid, reasons[0].tracer?.row.pid], [tid, tracer.pid]);
        assert.notEqual(tid, tracer.pid);
        tracer.exit(0); // before the one that it traces: the dead are their tracer's to collect first
        await eventually('untraced', () => procfs.status(child.pid, 'TracerPid')?.[0] === '0');
      }));

    it('refuses a zombie, and one whose first thread has ended', () =>
      withHost(async ({ host }) => {
        const { child } = await children.zombie(3);
        await agree(host, child.pid, ['ended']);
        const { child: leaderless } = await children.leaderless();
        await agree(host, leaderless.pid, ['firstThreadEnded']);
      }));

    it('refuses a kernel thread', function () {
      if (procfs.stat(2)?.comm !== 'kthreadd') skipBecause(this, 'no kernel threads here');
      return withHost(async ({ host }) => {
        await agree(host, 2, ['kernelThread']);
      });
    });

    it('says Gone of one that has ended', () =>
      withHost(async ({ host }) => {
        const { parent, child } = await children.foreign();
        const { key } = await host.request('processes/find', { pid: child.pid });
        child.exit(0);
        await parent.reap(child);
        await rejectsWith('Gone', host.request('attach/preflight', { key }));
      }));

    it('says that it is the host itself, and where it runs', () =>
      withHost(async ({ host }) => {
        assert.deepEqual((await preflight(host, host.pid)).guards, ['host']);
        assert.ok((await preflight(host, process.pid)).guards.includes('ancestor'));
      }));

    it('knows the gdb on PATH, where it is asked for it', () =>
      withHost(async ({ host }) => {
        const child = await children.own();
        const { gdb } = (await preflight(host, child.pid, true)).facts;
        assert.ok(gdb);
        assert.match(gdb.version ?? '0', /^\d/);
        if (Number.parseInt(gdb.version ?? '99') >= 14) assert.equal(gdb.spoilsCalls, false);
      }));

    it('asks by memory where a filter forbids pidfd_getfd', () =>
      withHost(async ({ host }) => {
        const child = await children.own();
        assert.equal((await agree(host, child.pid, [])).asked, 'mem');
        const { child: zombie } = await children.zombie(1);
        await agree(host, zombie.pid, ['ended']);
      }, refusing('pidfd_getfd')));

    it('says that a filter forbids ptrace itself', () =>
      withHost(async ({ host }) => {
        const child = await children.own();
        await agree(host, child.pid, ['ptraceForbidden'], refusing('ptrace'));
      }, refusing('ptrace')));
  });

  describe('as an ordinary user', () => {
    before(function () {
      if (!isRoot) skipBecause(this, 'only root can be somebody else');
    });

    it("refuses another user's", () =>
      withHost(async ({ host }) => {
        const child = await children.own();
        const { reasons } = await agree(host, child.pid, ['otherUser'], someone);
        assert.deepEqual(reasons, [
          { kind: 'otherUser', uids: { real: 0, effective: 0, saved: 0 } },
        ]);
      }, someone));

    it('tells what is not dumpable from what may be', () =>
      withHost(async ({ host }) => {
        await agree(host, (await ordinary()).pid, [], someone);
        await agree(host, (await ordinary({ dumpable: 0 })).pid, ['notDumpable'], someone);
      }, someone));

    it('refuses who may do more', () =>
      withHost(async ({ host }) => {
        await agree(host, (await ordinary({ keepCaps: true })).pid, ['capabilities'], someone);
      }, someone));

    it('refuses a set-uid program', async () => {
      const folder = mkdtempSync(join(tmpdir(), 'pidfd-setuid-'));
      try {
        const file = join(folder, 'setuid');
        copyFileSync(program, file);
        chmodSync(folder, 0o755);
        chmodSync(file, 0o4755);
        await withHost(async ({ host }) => {
          const child = await ordinary();
          await child.exec(file, 'setuid');
          const { reasons } = await agree(host, child.pid, ['setUid'], someone);
          const uids = { real: user, effective: 0, saved: 0 };
          assert.deepEqual(reasons, [{ kind: 'setUid', uids }]);
        }, someone);
      } finally {
        rmSync(folder, { recursive: true });
      }
    });

    it('allows a user namespace of its own, and refuses one of root', async function () {
      const rootless = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--kill-child'];
      await using sandbox = await Sandbox.start(this, [...someone, ...rootless]);
      await withHost(async ({ host }) => {
        const { facts } = await agree(host, sandbox.pid, [], someone);
        assert.deepEqual(facts.shares, { pid: false, mnt: true, net: true, user: false });
        await agree(host, (await ordinary({ apart: true })).pid, ['userNamespace'], someone);
      }, someone);
    });

    it('gives the same answers where a filter forbids pidfd_getfd', function () {
      const prefix = [...asNobody(this), ...refusing('pidfd_getfd')];
      return withHost(async ({ host }) => {
        const child = await children.own();
        assert.equal((await agree(host, child.pid, ['otherUser'], prefix)).asked, 'mem');
      }, prefix);
    });
  });

  it('says that root without CAP_SYS_PTRACE is not enough', function () {
    if (!isRoot) skipBecause(this, 'only root has capabilities to give up');
    const prefix = ['setpriv', '--bounding-set=-sys_ptrace', '--inh-caps=-sys_ptrace'];
    return withHost(async ({ host }) => {
      const own = await children.own();
      await agree(host, own.pid, ['noCapability', 'capabilities'], prefix);
      await agree(host, (await ordinary()).pid, ['noCapability', 'otherUser'], prefix);
    }, prefix);
  });
});
