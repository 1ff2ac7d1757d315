import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { NamespaceId, TranslatedNumber } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { children } from '../support/children';
import { has } from '../support/has';
import { eventually } from '../support/eventually';
import { holdUp } from '../support/holdUp';
import { namespaces } from '../support/namespaces';
import { patience } from '../support/patience';
import { procfs } from '../support/procfs';
import { skipBecause } from '../support/results';
import { translations } from '../support/translations';
import { withHost } from '../support/withHost';

const { ours, of, at, by, one, batch } = translations;

/** MAX_PID_NS_LEVEL, include/linux/pid_namespace.h */
const deepest = 32;

const nsPid = 5;
const NS_GET_TGID_IN_PIDNS = 0x8004b709;

describe('translating at the edges', () => {
  for (const words of translations.ways) {
    it(`through ${deepest} namespaces inside each other ${by(words)}`, function () {
      if (process.getuid?.() !== 0) skipBecause(this, 'only root makes PID namespaces alone');
      const unshare = ['unshare', '--pid', '--fork', '--kill-child'];
      return withHost(
        async ({ host }) => {
          const nested = Array<string[]>(deepest).fill(unshare).flat();
          const [program = '', ...args] = [...nested, 'sleep', '60'];
          const outermost = spawn(program, args, { stdio: 'ignore' });
          const ended = once(outermost, 'exit');
          try {
            const levels = await eventually('all levels', () => chainBelow(outermost.pid ?? 0));
            await assertEachLevel(host, levels);
          } finally {
            outermost.kill('SIGKILL'); // our own child; --kill-child ends those below
            await ended;
          }
        },
        undefined,
        words,
      );
    });
  }

  /** The processes below, each the child of the one before; undefined while they are being made. */
  function chainBelow(pid: number): number[] | undefined {
    const chain: number[] = [];
    for (let at: number | undefined = pid; at !== undefined; [at] = procfs.children(at)) {
      chain.push(at);
    }
    const last = chain.at(-1) ?? 0;
    return procfs.numbers(last).length === deepest + 1 ? chain : undefined;
  }

  async function assertEachLevel(
    host: Parameters<typeof one>[0],
    levels: readonly number[],
  ): Promise<void> {
    const innermost = levels.at(-1) ?? 0;
    const { key } = await host.request('processes/find', { pid: innermost });
    const { numbers } = await host.request('translate/numbers', { key });
    const expected = procfs.numbers(innermost);
    assert.deepEqual(
      numbers.map((number) => number.nsPid),
      expected,
    );
    assert.equal(new Set(numbers.map(({ namespace }) => namespace)).size, deepest + 1);
    for (const [level, { namespace, nsPid: number }] of numbers.entries()) {
      const there = { kind: 'namespace', namespace: namespace as NamespaceId } as const;
      assert.equal(await one(host, innermost, ours, there), number, `in to level ${level}`);
      assert.equal(await one(host, number, there, ours), innermost, `out of level ${level}`);
    }
  }

  for (const words of translations.ways) {
    it(`of a process that was put in by setns ${by(words)}`, function () {
      if (process.getuid?.() !== 0) skipBecause(this, 'only root may enter a PID namespace');
      return withHost(
        async ({ host }) => {
          const [init] = (await namespaces.nest(this, 1)) as [Actor];
          const stranger = await children.own();
          const entered = await stranger.enter(`/proc/${init.pid}/ns/pid`);
          const [outside, inside] = procfs.numbers(entered.pid) as [number, number];
          assert.equal(procfs.stat(entered.pid)?.ppid, stranger.pid, 'its parent is outside');
          assert.equal(await one(host, inside, of(init), ours), outside);
          assert.equal(await one(host, outside, ours, of(init)), inside);
          const { key } = await host.request('processes/find', { pid: outside });
          assert.equal(await one(host, 1, { kind: 'process', key }, ours), init.pid);
        },
        undefined,
        words,
      );
    });

    it(`of siblings that hold the same number ${by(words)}`, function () {
      return withHost(
        async ({ host }) => {
          const parent = await children.own();
          const [first] = (await namespaces.nest(this, 1, parent)) as [Actor];
          const [second] = (await namespaces.nest(this, 1, parent)) as [Actor];
          for (const init of [first, second]) {
            const { pid, nsPid: number } = await init.fork();
            assert.equal(number, 2);
            assert.equal(await one(host, number, of(init), ours), pid);
            assert.equal(await one(host, pid, ours, of(init)), number);
            const sibling = init === first ? second : first;
            assert.equal(await one(host, number, of(init), of(sibling)), 'noneThere');
          }
          assert.equal((await batch(host, [1], of(first), of(second))).relation, 'outside');
        },
        undefined,
        words,
      );
    });

    it(`of a namespace whose init has ended ${by(words)}`, function () {
      return withHost(
        async ({ host }) => {
          const parent = await children.own();
          const [init] = (await namespaces.nest(this, 1, parent)) as [Actor];
          const { key } = await host.request('processes/find', { pid: init.pid });
          init.exit(0);
          await eventually('a zombie', () => procfs.stat(init.pid)?.state === 'Z');
          const { results } = await host.request('translate/batch', {
            items: [{ numbers: [1], source: { kind: 'process', key }, target: ours }],
          });
          await translations.assertOfZombie(results[0], [init.pid]);
          await parent.reap(init);
        },
        undefined,
        words,
      );
    });
  }

  it('of zombies, which have their numbers until they are collected', function () {
    return withHost(async ({ host, initialized }) => {
      translations.requireIoctls(this, initialized);
      const [init] = (await namespaces.nest(this, 1)) as [Actor];
      const child = await init.fork();
      child.exit(0);
      await eventually('a zombie', () => procfs.stat(child.pid)?.state === 'Z');
      assert.equal(await one(host, child.nsPid, of(init), ours), child.pid);
      await init.reap(child);
      assert.equal(await one(host, child.nsPid, of(init), ours), 'noProcess');
    });
  });

  it('of zombies by scan, which are in a namespace below Linux 6.11 alone', function () {
    return withHost(
      async ({ host }) => {
        const isByPidfd = await has('namespaceIoctls');
        const [init] = (await namespaces.nest(this, 1)) as [Actor];
        // A number that no zombie of another namespace has: of those nothing could be said, either.
        const child = await init.place(31_999);
        child.exit(0);
        await eventually('a zombie', () => procfs.stat(child.pid)?.state === 'Z');
        const answer = await one(host, child.nsPid, of(init), ours);
        assert.equal(answer, isByPidfd ? 'unproven' : child.pid);
        await init.reap(child);
        assert.equal(await one(host, child.nsPid, of(init), ours), 'noProcess');
      },
      undefined,
      ['--without=translateIoctls'],
    );
  });

  /** Two siblings, and a number out here that the process 5 of either may have. */
  async function siblings(context: Mocha.Context) {
    if (process.getuid?.() !== 0) skipBecause(context, 'only root may choose PIDs out here');
    const parent = await children.own();
    const [source] = (await namespaces.nest(context, 1, parent)) as [Actor];
    const [target] = (await namespaces.nest(context, 1, parent)) as [Actor];
    const spare = await parent.fork();
    spare.exit(0);
    await parent.reap(spare);
    return { source, target, outer: spare.pid };
  }

  it('is not misled when a number goes to a sibling between two of its own system calls', function () {
    return withHost(async ({ host, initialized }) => {
      translations.requireIoctls(this, initialized);
      const { source, target, outer } = await siblings(this);
      const first = await source.place(nsPid, outer);
      const where = { when: 'before', call: 'ioctl', argument: 1 } as const;
      const held = await holdUp(this, host.pid, { ...where, value: NS_GET_TGID_IN_PIDNS });
      const path = (actor: Actor) => at(`/proc/${actor.pid}/ns/pid`);
      const asked = one(host, nsPid, path(source), path(target));
      await held.reached; // it has our number of the first, and has not asked the target yet
      first.exit(0);
      await source.reap(first);
      await target.place(nsPid, outer);
      await held.letGo();
      assert.equal(
        await asked,
        'noProcess',
        'the process that has it by now was never in the source',
      );
    });
  });

  it('never mixes up processes that enter and leave while it runs', function () {
    this.timeout(10_000 * patience);
    return withHost(async ({ host, initialized }) => {
      translations.requireIoctls(this, initialized);
      const { source, target, outer } = await siblings(this);
      const seen = new Set<TranslatedNumber>();
      let turning = true;
      const ask = async (): Promise<void> => {
        const numbers = Array<number>(200).fill(nsPid);
        const path = (actor: Actor) => at(`/proc/${actor.pid}/ns/pid`);
        while (turning) {
          const across = await batch(host, numbers, path(source), path(target));
          for (const answer of across.answers) seen.add(answer);
          const out = await batch(host, numbers, path(source), ours);
          for (const answer of out.answers) {
            assert.ok(answer === outer || answer === 'noProcess', String(answer));
          }
        }
      };
      const asking = ask();
      for (let turn = 0; turn < 150; turn++) {
        const init = turn % 2 === 0 ? source : target;
        const child = await init.place(nsPid, outer);
        child.exit(0);
        await init.reap(child);
      }
      turning = false;
      await asking;
      seen.delete('noProcess');
      assert.deepEqual([...seen], ['noneThere'], 'it was met, and never in the sibling');
    });
  });
});
