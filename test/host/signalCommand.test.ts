import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { constants } from 'node:os';
import { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { entry } from '../support/hostClient';
import { needs } from '../support/needs';
import { pidReuse } from '../support/pidReuse';
import { signalling } from '../support/signalling';
import { withHost } from '../support/withHost';

const { SIGTERM } = constants.signals;
const { feels, keyOf, threadOf } = signalling;

describe('the command line', () => {
  /** As a terminal runs it. */
  const run = (words: readonly string[], prefix: readonly string[] = []) =>
    new Promise<number>((resolve) => {
      const [program = '', ...args] = [...prefix, process.execPath, entry, ...words];
      const child = execFile(program, args, () => resolve(child.exitCode ?? -1));
    });

  it('signals what a key names, or says why not by its exit code', () =>
    withHost(async ({ host }) => {
      const parent = await Actor.start();
      const actor = await parent.fork();
      await actor.ask('group', 0);
      await actor.ask('handle', SIGTERM);
      const key = await keyOf(host, actor);
      assert.equal(await run(['signal', key, 'TERM']), 0);
      assert.equal(await run(['signal', key, 'SIGTERM']), 0);
      await feels(actor, 2);
      assert.equal(await run(['signal', key, 'TERM', '--group']), 0);
      assert.equal(await run(['signal', key, 'TERM', '--value=7']), 0);
      await feels(actor, 4);
      const usage = [[key, 'NONE'], [key, '65'], [key], [], [String(actor.pid), 'TERM']];
      usage.push([key, 'TERM', '--value=x'], [key, 'TERM', '--thread'], [key, 'TERM', '--all']);
      for (const words of usage) {
        assert.equal(await run(['signal', ...words]), 64, words.join(' '));
      }
      assert.equal(await run(['kill', key, 'TERM']), 64);
      assert.equal(await actor.askNumber('felt'), 4);
      actor.exit(0);
      await parent.reap(actor);
      assert.equal(await run(['signal', key, 'TERM']), 69);
    }));

  it('signals nobody who has the number by now', function () {
    return withHost(async ({ host }) => {
      const before = (victim: Actor) => keyOf(host, victim);
      await pidReuse.recycle(this, await Actor.start(), before, async (impostor, key) => {
        await impostor.ask('handle', SIGTERM);
        assert.equal(await run(['signal', key, 'TERM']), 69);
        assert.equal(await impostor.askNumber('felt'), 0);
      });
    });
  });

  it('signals one thread, with a value', async function () {
    await needs('threadPidfds', 'pidfdInfo').call(this);
    await withHost(async ({ host }) => {
      const actor = await Actor.start();
      await actor.ask('handle', SIGTERM);
      const key = await keyOf(host, actor);
      const { key: thread } = await threadOf(host, key, actor.pid);
      assert.equal(await run(['signal', key, 'TERM', `--thread=${thread}`, '--value=7']), 0);
      await feels(actor, 1);
    });
  });

  it('says that it is not permitted', async function () {
    const nobody = asNobody(this);
    await withHost(async ({ host }) => {
      const actor = await Actor.start();
      await actor.ask('handle', SIGTERM);
      assert.equal(await run(['signal', await keyOf(host, actor), 'TERM'], nobody), 77);
      assert.equal(await actor.askNumber('felt'), 0);
    });
  });
});
