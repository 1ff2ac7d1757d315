import assert from 'node:assert/strict';
import type { NamespaceRelation } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { children } from '../support/children';
import { namespaces } from '../support/namespaces';
import { patience } from '../support/patience';
import { procfs } from '../support/procfs';
import { rejectsWith } from '../support/rejectsWith';
import { translations } from '../support/translations';
import { type HostUse, withHost } from '../support/withHost';

const { ours, of, one, batch } = translations;

/** A lies in ours, B in A; each has a process that is no init. `beside` lies in ours too. */
interface Setting extends HostUse {
  readonly a: Actor;
  readonly b: Actor;
  readonly beside: Actor;
  readonly inA: Actor;
  readonly inB: Actor;
}

/** The seven uses of the kernel list's translate_pid(pid, source, target); -1 there is "ours" here. */
function sevenForms(words?: readonly string[]): void {
  const within = (body: (setting: Setting) => Promise<void>) =>
    function (this: Mocha.Context): Promise<void> {
      return withHost(
        async (use) => {
          const parent = await children.own();
          const [a, b] = (await namespaces.nest(this, 2, parent)) as [Actor, Actor];
          const [beside] = (await namespaces.nest(this, 1, parent)) as [Actor];
          await a.fork(); // so that numbers differ from level to level
          await body({ ...use, a, b, beside, inA: await a.fork(), inB: await b.fork() });
        },
        undefined,
        words,
      );
    };

  it(
    'translate_pid(pid, ns, -1): our number for a number there',
    within(async ({ host, a, b, inA, inB }) => {
      assert.equal(await one(host, inA.nsPid, of(a), ours), inA.pid);
      assert.equal(await one(host, inB.nsPid, of(b), ours), inB.pid);
      assert.equal(await one(host, 4711, of(b), ours), 'noProcess');
    }),
  );

  it(
    'translate_pid(pid, -1, ns): the number there for ours',
    within(async ({ host, a, b, inA, inB }) => {
      assert.equal(await one(host, inA.pid, ours, of(a)), inA.nsPid);
      assert.equal(await one(host, inB.pid, ours, of(b)), inB.nsPid);
      const [, middle] = procfs.numbers(inB.pid);
      assert.notEqual(middle, inB.nsPid);
      assert.equal(await one(host, inB.pid, ours, of(a)), middle);
    }),
  );

  it(
    'translate_pid(1, ns, -1): the init of a namespace',
    within(async ({ host, a, b, beside }) => {
      for (const init of [a, b, beside]) assert.equal(await one(host, 1, of(init), ours), init.pid);
    }),
  );

  it(
    'translate_pid(pid, -1, ns) > 0: is it reachable from that namespace?',
    within(async ({ host, a, b, beside, inA, inB }) => {
      assert.equal(await one(host, inB.pid, ours, of(b)), inB.nsPid, 'yes');
      for (const elsewhere of [inA, beside, { pid: process.pid }]) {
        assert.equal(await one(host, elsewhere.pid, ours, of(b)), 'noneThere', 'no');
      }
      assert.equal(await one(host, inA.pid, ours, of(beside)), 'noneThere');
      const gone = await a.fork();
      gone.exit(0);
      await a.reap(gone);
      assert.equal(await one(host, gone.pid, ours, of(a)), 'noProcess', 'and it is no process');
    }),
  );

  const relation = async ({ host }: Setting, inner: Actor | null, outer: Actor | null) => {
    const [source, target] = [inner ? of(inner) : ours, outer ? of(outer) : ours];
    const { answers, relation } = await batch(host, [1], source, target);
    return [answers[0], relation] as [unknown, NamespaceRelation];
  };

  it(
    'translate_pid(1, ns1, ns2) > 0: ns1 is inside ns2',
    within(async (setting) => {
      const { a, b } = setting;
      assert.deepEqual(await relation(setting, b, a), [procfs.numbers(b.pid)[1], 'inside']);
      assert.deepEqual(await relation(setting, b, null), [b.pid, 'inside']);
    }),
  );

  it(
    'translate_pid(1, ns1, ns2) == 0: ns1 is outside ns2',
    within(async (setting) => {
      const { a, b, beside } = setting;
      for (const [inner, outer] of [[a, b] as const, [a, beside] as const, [null, a] as const]) {
        assert.deepEqual(await relation(setting, inner, outer), ['noneThere', 'outside']);
      }
    }),
  );

  it(
    'translate_pid(1, ns1, ns2) == 1: ns1 is ns2',
    within(async (setting) => {
      for (const same of [setting.a, setting.b, null]) {
        assert.deepEqual(await relation(setting, same, same), [1, 'equal']);
      }
    }),
  );

  it(
    'of threads too, and takes none of them for a process',
    within(async ({ host, b, inB }) => {
      const nsTid = await inB.askNumber('thread');
      const tid = procfs.threads(inB.pid).find((each) => each !== inB.pid);
      assert.ok(tid);
      for (const [number, source, target, other] of [
        [nsTid, of(b), ours, tid] as const,
        [tid, ours, of(b), nsTid] as const,
      ]) {
        assert.deepEqual((await batch(host, [number], source, target, true)).answers, [other]);
        assert.deepEqual((await batch(host, [number], source, target)).answers, ['isThread']);
      }
      assert.deepEqual((await batch(host, [inB.nsPid], of(b), ours, true)).answers, [inB.pid]);
    }),
  );

  it(
    'says by which way, and between which namespaces',
    within(async ({ host, initialized, a, b }) => {
      const { proof, source, target } = await batch(host, [1, 1], of(b), of(a));
      const ids = [translations.idOf(b), translations.idOf(a)];
      assert.deepEqual([source, target], ids);
      assert.equal(proof, translations.hasIoctls(initialized) ? 'ioctl' : 'scan');
    }),
  );
}

describe('translate/batch', () => {
  describe('as the kernel translates (6.11)', () => sevenForms());

  describe('below Linux 6.11, by a scan', () => sevenForms(['--without=translateIoctls']));

  it('answers in order, whatever the numbers are', function () {
    return withHost(async ({ host }) => {
      const [init] = (await namespaces.nest(this, 1)) as [Actor];
      const child = await init.fork();
      const thread = await child.askNumber('thread');
      const numbers = [9999, child.nsPid, 1, thread, child.nsPid];
      const { answers } = await batch(host, numbers, of(init), ours);
      assert.deepEqual(answers, ['noProcess', child.pid, init.pid, 'isThread', child.pid]);
      assert.deepEqual((await batch(host, [], of(init), ours)).answers, []);
    });
  });

  it('does each of several items for itself', function () {
    return withHost(async ({ host }) => {
      const [init] = (await namespaces.nest(this, 1)) as [Actor];
      const nowhere = { kind: 'path', path: '/nowhere' } as const;
      const { results } = await host.request('translate/batch', {
        items: [
          { numbers: [1], source: nowhere, target: ours },
          { numbers: [1], source: of(init), target: ours },
        ],
      });
      const [failed, translated] = results;
      assert.ok(failed && 'error' in failed && failed.error.kind === 'Gone');
      assert.ok(translated && 'answers' in translated);
      assert.deepEqual(translated.answers, [init.pid]);
    });
  });

  it('opens no descriptor for a number, and leaves none of 100,000 translations open', function () {
    this.timeout(15_000 * patience);
    return withHost(async ({ host, initialized, assertNoFdLeak }) => {
      translations.requireIoctls(this, initialized);
      const [init] = (await namespaces.nest(this, 1)) as [Actor];
      const child = await init.fork();
      const numbers = Array.from({ length: 10_000 }, (_, i) => (i % 2 ? child.nsPid : 3 + i));
      for (let round = 0; round < 10; round++) {
        const { answers } = await batch(host, numbers, of(init), ours);
        assert.equal(answers.filter((answer) => answer === child.pid).length, 5000);
      }
      await assertNoFdLeak();
    });
  });

  it('needs no more descriptors for two thousand numbers than for one', function () {
    return withHost(
      async ({ host }) => {
        const actor = await Actor.start();
        const numbers = Array.from({ length: 2000 }, () => actor.pid);
        const { answers } = await batch(host, numbers, ours, ours);
        assert.deepEqual(answers, numbers);
      },
      ['prlimit', '--nofile=64:64'],
    );
  });

  it('refuses what no correct client asks', () =>
    withHost(async ({ host }) => {
      const bad: unknown[] = [
        {},
        { items: {} },
        { items: [{ numbers: [1], source: ours }] },
        { items: [{ numbers: [0], source: ours, target: ours }] },
        { items: [{ numbers: ['1'], source: ours, target: ours }] },
        { items: [{ numbers: [1], source: { kind: 'path', path: 'relative' }, target: ours }] },
        { items: [{ numbers: [1], source: { kind: 'path', path: '/a\0b' }, target: ours }] },
        { items: [{ numbers: [1], source: { kind: 'namespace', namespace: 'x' }, target: ours }] },
        { items: [{ numbers: [1], source: { kind: 'process', key: '1' }, target: ours }] },
        { items: [{ numbers: Array(10_001).fill(1), source: ours, target: ours }] },
      ];
      for (const params of bad) {
        await rejectsWith('Invalid', host.rawRequest('translate/batch', params));
      }
    }));
});
