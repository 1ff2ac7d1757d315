import assert from 'node:assert/strict';
import { constants } from 'node:os';
import type { SignalScope, ThreadKey } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { children } from '../support/children';
import { eventually } from '../support/eventually';
import type { HostClient } from '../support/hostClient';
import { needs } from '../support/needs';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { onlyRoot } from '../support/results';
import { signalling } from '../support/signalling';
import { withHost } from '../support/withHost';

const { feels, keyOf, threadOf } = signalling;

const { SIGUSR1, SIGCONT, SIGSTOP, SIGTSTP } = constants.signals;
const SI_QUEUE = -1; // asm-generic/siginfo.h
const realTime = 40;
/** The host as number 1 of a PID namespace of its own. */
const unshare = ['unshare', '--user', '--map-root-user', '--pid', '--fork', '--kill-child'].concat(
  '--mount-proc',
);

/** A group of three of whom the first leads. */
async function group(): Promise<{ parent: Actor; members: [Actor, Actor, Actor] }> {
  const parent = await Actor.start();
  const members: [Actor, Actor, Actor] = [
    await parent.fork(),
    await parent.fork(),
    await parent.fork(),
  ];
  for (const member of members) {
    await member.ask('handle', SIGUSR1);
    await member.ask('group', members[0].pid);
  }
  return { parent, members };
}

/** What would signal a thread that `actor` had. */
async function endedThread(host: HostClient, actor: Actor) {
  const tid = await actor.askNumber('thread');
  const key = await keyOf(host, actor);
  const { key: thread } = await threadOf(host, key, tid);
  await actor.ask('endThread');
  await eventually('it ends', () => procfs.status(actor.pid, 'Threads')?.[0] === '1');
  const scope: SignalScope = { kind: 'thread', thread };
  return { tid, order: { key, signal: SIGUSR1, scope } };
}

const toGroup = async (host: HostClient, member: Actor) => {
  const key = await keyOf(host, member);
  return host.request('signal/send', { key, signal: SIGUSR1, scope: { kind: 'group' } });
};

describe('signal/send with a value', () => {
  for (const value of [0, 7, -1, 2 ** 31 - 1, -(2 ** 31)]) {
    it(`brings ${value}, and says who sent it`, () =>
      withHost(async ({ host }) => {
        const actor = await Actor.start();
        await actor.ask('record', realTime);
        await host.request('signal/send', {
          key: await keyOf(host, actor),
          ...{ signal: realTime, value },
        });
        await feels(actor, 1);
        const [code, sender, user, told] = (await actor.ask('recorded')).map(Number);
        assert.deepEqual(
          [code, sender, user, told],
          [SI_QUEUE, host.pid, process.getuid?.(), value],
        );
      }));
  }

  it('brings it to each member of a group', () =>
    withHost(async ({ host }) => {
      const { members } = await group();
      for (const member of members) await member.ask('record', SIGUSR1);
      await host.request('signal/send', {
        key: await keyOf(host, members[1]),
        ...{ signal: SIGUSR1, value: 5, scope: { kind: 'group' } },
      });
      for (const member of members) {
        await feels(member, 1);
        assert.equal((await member.ask('recorded'))[3], '5');
      }
    }));

  it('sends every signal, real-time ones included, each as itself', () =>
    withHost(async ({ host }) => {
      const actor = await Actor.start();
      const key = await keyOf(host, actor);
      const all = Array.from({ length: 64 }, (_, index) => index + 1);
      const internal = [9, 14, 19, 32, 33]; // not to be handled, the actor's deadline, the C library's own
      let sent = 0;
      for (const signal of all.filter((one) => !internal.includes(one))) {
        await actor.ask('handle', signal);
        await host.request('signal/send', { key, signal });
        await feels(actor, ++sent);
      }
    }));
});

describe('signal/send to a thread', () => {
  before(needs('threadPidfds', 'pidfdInfo'));

  it('reaches exactly that one', () =>
    withHost(async ({ host }) => {
      const actor = await Actor.start();
      const tids = [actor.pid];
      for (let more = 0; more < 3; more++) tids.push(await actor.askNumber('thread'));
      await actor.ask('record', SIGUSR1);
      const key = await keyOf(host, actor);
      const { threads } = await host.request('signal/threads', { key });
      assert.deepEqual(
        threads.map(({ tid, comm }) => [tid, comm]),
        tids.map((tid) => [tid, 'actor']),
      );
      for (const [index, thread] of threads.entries()) {
        const scope = { kind: 'thread' as const, thread: thread.key };
        await host.request('signal/send', { key, signal: SIGUSR1, scope, value: index });
        await feels(actor, index + 1);
        const [, , , value, tid] = (await actor.ask('recorded')).map(Number);
        assert.deepEqual([tid, value], [thread.tid, index]);
      }
    }));

  it('says that it has gone', () =>
    withHost(async ({ host }) => {
      const { order } = await endedThread(host, await Actor.start());
      await rejectsWith('Gone', host.request('signal/send', order));
    }));

  it('does not take a process that has its number now', function () {
    onlyRoot(this, 'may choose PIDs');
    return withHost(async ({ host }) => {
      const parent = await Actor.start();
      const { order, tid } = await endedThread(host, await parent.fork());
      const impostor = await eventually('its number is free', () =>
        parent.place(tid).catch(() => undefined),
      );
      await impostor.ask('handle', SIGUSR1);
      await rejectsWith('Gone', host.request('signal/send', order));
      assert.equal(await impostor.askNumber('felt'), 0);
    });
  });

  it('does not take a thread of the same process that has its number now', () =>
    withHost(async ({ host }) => {
      const actor = await Actor.start();
      const tid = await actor.askNumber('thread');
      await actor.ask('handle', SIGUSR1);
      const key = await keyOf(host, actor);
      const [, inode = ''] = (await threadOf(host, key, tid)).key.split(':');
      const thread = `${tid}:${BigInt(inode) - 1n}` as ThreadKey; // as one before it would have it
      const scope: SignalScope = { kind: 'thread', thread };
      await rejectsWith('Gone', host.request('signal/send', { key, signal: SIGUSR1, scope }));
      assert.equal(await actor.askNumber('felt'), 0);
    }));

  it("does not take another process' thread", () =>
    withHost(async ({ host }) => {
      const [one, other] = [await Actor.start(), await Actor.start()];
      await other.ask('handle', SIGUSR1);
      const { key: thread } = await threadOf(host, await keyOf(host, other), other.pid);
      const scope: SignalScope = { kind: 'thread', thread };
      const key = await keyOf(host, one);
      await rejectsWith('Gone', host.request('signal/send', { key, signal: SIGUSR1, scope }));
      assert.equal(await other.askNumber('felt'), 0);
    }));

  it('is not offered where the kernel does not tell whose thread it is', () =>
    withHost(
      async ({ host }) => {
        const key = await keyOf(host, await Actor.start());
        await rejectsWith('Unsupported', host.request('signal/threads', { key }));
      },
      undefined,
      ['--without=pidfdInfo'],
    ));
});

describe('signal/send to a group', () => {
  it('reaches all of it at once while its leader lives, and nobody else', async function () {
    await needs('groupSignals').call(this);
    await withHost(async ({ host }) => {
      const { parent, members } = await group();
      await parent.ask('handle', SIGUSR1);
      assert.deepEqual(await toGroup(host, members[2]), { outcome: 'sent', members: null });
      for (const member of members) await feels(member, 1);
      assert.equal(await parent.askNumber('felt'), 0);
    });
  });

  it('does so through a leader that is a zombie', async function () {
    await needs('groupSignals').call(this);
    await withHost(async ({ host }) => {
      const { members } = await group();
      members[0].exit(0);
      await children.becomesZombie(members[0].pid);
      assert.equal((await toGroup(host, members[2])).members, null);
      for (const member of members.slice(1)) await feels(member, 1);
    });
  });

  it('signals one by one where the leader is gone, and says so', () =>
    withHost(async ({ host }) => {
      const { parent, members } = await group();
      members[0].exit(0);
      await parent.reap(members[0]);
      const result = await toGroup(host, members[2]);
      assert.deepEqual(
        result.members?.map(({ row, error }) => [row.pid, error]),
        members.slice(1).map(({ pid }) => [pid, null]),
      );
      for (const member of members.slice(1)) await feels(member, 1);
    }));

  it('signals one by one where the kernel cannot do it at once', () =>
    withHost(
      async ({ host }) => {
        const { parent, members } = await group();
        await parent.ask('handle', SIGUSR1);
        const result = await toGroup(host, members[2]);
        assert.deepEqual(
          result.members?.map(({ row, error }) => [row.pid, error]),
          members.map(({ pid }) => [pid, null]),
        );
        for (const member of members) await feels(member, 1);
        assert.equal(await parent.askNumber('felt'), 0);
      },
      undefined,
      ['--without=groupSignals'],
    ));

  it('is not misled by an impostor that has the number of the leader', function () {
    return withHost(async ({ host }) => {
      const { parent, members } = await group();
      // A group's number is not given out while it has members, so the kernel itself refuses.
      members[0].exit(0);
      await parent.reap(members[0]);
      await assert.rejects(parent.place(members[0].pid), /EEXIST|EPERM/);
      assert.equal((await toGroup(host, members[1])).members?.length, 2);
    });
  });

  it('names the members that it may not signal', async function () {
    await withHost(async ({ host }) => {
      const { parent, members } = await group();
      members[0].exit(0);
      await parent.reap(members[0]);
      await members[1].ask('uid', 65534);
      const result = await toGroup(host, members[1]);
      assert.deepEqual(
        result.members?.map(({ row, error }) => [row.pid, error]),
        [
          [members[2].pid, 'Denied'],
          [members[1].pid, null], // whom it was asked about comes last
        ],
      );
      await feels(members[1], 1);
      assert.equal(await members[2].askNumber('felt'), 0);
    }, asNobody(this));
  });

  it('refuses where the group has no number here: 0 would name several groups', () =>
    withHost(async ({ host }) => {
      const key = await keyOf(host, { pid: 1 }); // the host itself, in a group from outside
      const scope: SignalScope = { kind: 'group' };
      await rejectsWith('Invisible', host.request('signal/send', { key, signal: SIGCONT, scope }));
    }, unshare));
});

describe('signals that would stop the host', () => {
  for (const signal of [SIGSTOP, SIGTSTP]) {
    it(`are refused for itself, its ancestors and their groups: ${signal}`, () =>
      withHost(async ({ host }) => {
        for (const pid of [host.pid, process.pid]) {
          const key = await keyOf(host, { pid });
          for (const kind of ['process', 'group'] as const) {
            const scope = { kind };
            await rejectsWith('Refused', host.request('signal/send', { key, signal, scope }));
          }
        }
      }));

    describe('to one of their threads', () => {
      before(needs('threadPidfds', 'pidfdInfo'));

      it(`are refused: ${signal}`, () =>
        withHost(async ({ host }) => {
          for (const pid of [host.pid, process.pid]) {
            const key = await keyOf(host, { pid });
            const { threads } = await host.request('signal/threads', { key });
            const scope: SignalScope = {
              kind: 'thread',
              thread: threads[0]?.key ?? assert.fail(),
            };
            await rejectsWith('Refused', host.request('signal/send', { key, signal, scope }));
          }
        }));
    });
  }
});
