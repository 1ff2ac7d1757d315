import assert from 'node:assert/strict';
import { LiveNamespaces } from '../../../views/liveNamespaces';
import { FakeClock, settled } from './fakeClock';
import { FakeHost } from './fakeHost';
import { idOf, member, namespace, news, setOf } from './namespaceNews';

/** What is asked for is namespace 200: process 2 is in it, and presumed to be where its parent is. */
async function make() {
  const host = new FakeHost();
  const clock = new FakeClock();
  host.on('namespaces/subscribe', () =>
    news({
      sets: [setOf('100')],
      namespaces: [namespace('pid', '100', { isOurs: true })],
      members: [member(1, 0), member(2, 0, { provisional: true })],
    }),
  );
  const live = new LiveNamespaces(host, clock);
  await live.join().want(true);
  const answers: boolean[] = [];
  const asked = live.comes((store) => store.namespace('pid', idOf('200')) !== undefined);
  void asked.then((answer) => answers.push(answer));
  await settled();
  return { host, clock, answers };
}

const read = () =>
  news({
    sets: [setOf('200')],
    namespaces: [namespace('pid', '200')],
    members: [member(2, 1)],
  });

describe('waiting for a namespace', () => {
  it('lasts until links have been read that were presumed', async () => {
    const { host, clock, answers } = await make();
    await clock.advance(10_000);
    assert.deepEqual(answers, []);
    host.notify('namespaces/news', read());
    await settled();
    assert.deepEqual(answers, [true]);
    assert.equal(clock.waiting, 0);
  });

  it('lasts until those have been read again that were read before', async () => {
    const { host, clock, answers } = await make();
    host.notify('namespaces/news', news({ members: [member(2, 0)] }));
    await clock.advance(1000);
    assert.deepEqual(answers, []);
    host.notify('namespaces/news', read());
    await settled();
    assert.deepEqual(answers, [true]);
  });

  it('is in vain when all have been read and read again', async () => {
    const { host, clock, answers } = await make();
    host.notify('namespaces/news', news({ members: [member(2, 0)] }));
    await clock.advance(3000);
    assert.deepEqual(answers, [false]);
  });

  it('ends with the native host', async () => {
    const { host, clock, answers } = await make();
    host.become({ kind: 'starting' });
    await settled();
    assert.deepEqual(answers, [false]);
    assert.equal(clock.waiting, 0);
  });
});
