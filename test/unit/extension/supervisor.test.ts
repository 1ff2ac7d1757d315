import assert from 'node:assert/strict';
import {
  HostClosedError,
  HostStartError,
  UnsupportedPlatformError,
} from '../../../extension/host/hostErrors';
import { launch } from '../../../extension/host/launch';
import { Supervisor } from '../../../extension/host/supervisor';
import type { HostState } from '../../../views/hostApi';
import { FakeClock, settled } from '../views/fakeClock';
import { hello } from '../views/fakeHost';
import { eventually } from '../../support/eventually';
import { FakeChild } from './fakeChild';

function make(makeChild: () => FakeChild = () => new FakeChild(), supported = true) {
  const clock = new FakeClock();
  const children: FakeChild[] = [];
  const spawn = () => {
    const child = makeChild();
    children.push(child);
    return child;
  };
  const log = () => undefined;
  const supervisor = new Supervisor({
    clock,
    log,
    supported,
    launch: () => launch({ programs: ['node'], spawn, log, clock }),
  });
  const states: HostState['kind'][] = [];
  supervisor.onDidChangeState(({ kind }) => states.push(kind));
  const list = () => supervisor.request('processes/list', null);
  return { clock, children, supervisor, states, list };
}

/** A child that lists nothing. */
function lister(): FakeChild {
  const child = new FakeChild();
  child.rpc.onRequest('processes/list', () => ({
    rows: [],
    mode: { kind: 'scan', intervalMs: 1 },
  }));
  return child;
}

const becomes = (what: string, condition: () => boolean) => eventually(what, condition);

describe('Supervisor', () => {
  it('starts nothing until something is asked', async () => {
    const { children, supervisor, list } = make(lister);
    await settled();
    assert.equal(children.length, 0);
    assert.equal(supervisor.state.kind, 'idle');
    await Promise.all([list(), list()]);
    assert.equal(children.length, 1);
    assert.equal(supervisor.state.kind, 'ready');
  });

  it('passes notifications on', async () => {
    const { children, supervisor, list } = make(lister);
    await list();
    const heard: number[] = [];
    supervisor.onNotification('target/exited', ({ at }) => heard.push(at));
    await children[0]!.rpc.sendNotification('target/exited', { token: 'a', at: 5, parent: null });
    await becomes('the notification', () => heard.length === 1);
    assert.deepEqual(heard, [5]);
  });

  it('rejects what is pending when the native host dies, and sends it to no other', async () => {
    let asked = 0;
    const { children, supervisor } = make(() => {
      const child = new FakeChild();
      child.rpc.onRequest('signal/send', () => {
        asked++;
        return new Promise(() => undefined);
      });
      return child;
    });
    const sending = supervisor.request('signal/send', { key: '1:2' as never, signal: 15 });
    sending.catch(() => undefined);
    await becomes('the request', () => asked === 1);
    children[0]!.die();
    await assert.rejects(sending, HostClosedError);
    assert.equal(asked, 1);
  });

  it('starts the next one a quarter of a second after an unexpected death', async () => {
    const { clock, children, states, list } = make(lister);
    await list();
    children[0]!.die();
    await clock.advance(249);
    assert.equal(children.length, 1);
    await clock.advance(1);
    await becomes('ready', () => states.at(-1) === 'ready');
    assert.equal(children.length, 2);
    assert.deepEqual(states, ['starting', 'ready', 'starting', 'ready']);
    await list();
  });

  it('gives up after five deaths in a row, and says so to whoever asks', async () => {
    const { clock, children, supervisor, list } = make(lister);
    await list();
    for (const pause of [250, 500, 1000, 2000]) {
      const { length } = children;
      children.at(-1)!.die();
      await clock.advance(pause - 1);
      assert.equal(children.length, length);
      await clock.advance(1);
      await becomes('ready', () => supervisor.state.kind === 'ready');
    }
    children.at(-1)!.die();
    await becomes('failed', () => supervisor.state.kind === 'failed');
    assert.equal(children.length, 5);
    await assert.rejects(list(), HostStartError);
    await supervisor.restart();
    await list();
  });

  it('counts anew after one that lived for a while', async () => {
    const { clock, children, supervisor, list } = make(lister);
    await list();
    for (let i = 0; i < 8; i++) {
      await clock.advance(60_000);
      children.at(-1)!.die();
      await clock.advance(250);
      await becomes('ready', () => supervisor.state.kind === 'ready');
    }
    assert.equal(children.length, 9);
  });

  it('lets requests during the pause wait for the next one', async () => {
    const { clock, children, list } = make(lister);
    await list();
    children[0]!.die();
    await settled();
    const waiting = list();
    await clock.advance(250);
    await waiting;
  });

  it('fails at once where the first one does not start', async () => {
    const { clock, supervisor, list } = make(() => {
      const child = new FakeChild({ answers: false });
      setImmediate(() => child.die('exit code 9'));
      return child;
    });
    await assert.rejects(list(), /node: .*exit code 9/);
    assert.equal(supervisor.state.kind, 'failed');
    assert.equal(clock.waiting, 0);
  });

  it('gives a runtime that never answers a few seconds', async () => {
    const { clock, children, list } = make(() => {
      const child = new FakeChild({ answers: false });
      child.rpc.onRequest('initialize', () => new Promise(() => undefined));
      return child;
    });
    const asking = assert.rejects(list(), HostStartError);
    await clock.advance(8000);
    await asking;
    assert.equal(children[0]!.stopped, true);
  });

  it('ends one that answers nothing any more, and starts the next', async () => {
    const { clock, children, supervisor, list } = make(() => {
      const child = lister();
      child.rpc.onRequest('signal/send', () => new Promise(() => undefined));
      child.rpc.onRequest('target/release', () => new Promise(() => undefined));
      return child;
    });
    await list();
    const sending = supervisor.request('signal/send', { key: '1:2' as never, signal: 15 });
    const lost = assert.rejects(sending, HostClosedError);
    await clock.advance(14_900);
    assert.equal(children[0]!.stopped, false);
    await clock.advance(100);
    await lost;
    assert.equal(children[0]!.stopped, true);
    await clock.advance(250);
    await becomes('ready', () => supervisor.state.kind === 'ready');
    await list();
  });

  it('leaves one alone that only takes long for one thing, and asks nothing of an idle one', async () => {
    let asked = 0;
    let answer = () => {};
    const { clock, children, supervisor, list } = make(() => {
      const child = lister();
      child.rpc.onRequest(
        'tree/stop',
        () => new Promise((resolve) => (answer = () => resolve({}))),
      );
      child.rpc.onRequest('target/release', () => (asked++, null));
      return child;
    });
    await list();
    const stopping = supervisor.request('tree/stop', {} as never);
    for (let minute = 0; minute < 4; minute++) {
      await clock.advance(5_000);
      await becomes('the question', () => asked > minute);
      await settled();
      await clock.advance(2_500);
    }
    answer();
    await stopping;
    assert.equal(clock.waiting, 0);
    assert.equal(children.length, 1);
  });

  it('stops its child, and takes that for no death', async () => {
    const { clock, children, states, supervisor, list } = make(lister);
    await list();
    await supervisor.stop();
    await clock.advance(60_000);
    assert.equal(children[0]!.stopped, true);
    assert.equal(children.length, 1);
    assert.deepEqual(states, ['starting', 'ready', 'idle']);
  });

  it('stops one whose start ends after a restart, and keeps the next one', async () => {
    const greet: (() => void)[] = [];
    const { children, supervisor, list } = make(() => {
      const child = lister();
      const greeted = new Promise((resolve) => greet.push(() => resolve(hello)));
      child.rpc.onRequest('initialize', () => greeted);
      return child;
    });
    const lost = assert.rejects(list(), HostStartError);
    await becomes('the first', () => greet.length === 1);
    const restarting = supervisor.restart();
    await becomes('the second', () => greet.length === 2);
    greet.forEach((one) => one());
    await Promise.all([lost, restarting, list()]);
    const stopped = children.map((child) => child.stopped);
    assert.deepEqual(stopped, [true, false]);
  });

  it('passes on nothing of one that was told to leave and still speaks', async () => {
    const { children, supervisor, list } = make(() => {
      const child = lister();
      child.stop = () => new Promise(() => undefined);
      return child;
    });
    await list();
    void supervisor.stop();
    await list();
    const heard: number[] = [];
    supervisor.onNotification('target/exited', ({ at }) => heard.push(at));
    for (const [at, { rpc }] of children.entries()) {
      await rpc.sendNotification('target/exited', { token: 'a', at, parent: null });
      await rpc.sendRequest('processes/delta', {}); // is answered when what was sent before has been read
    }
    assert.deepEqual(heard, [1]);
  });

  it('starts nothing any more once it is closed, whoever asks', async () => {
    for (const isRunning of [true, false]) {
      const { children, supervisor, list } = make(lister);
      if (isRunning) await list();
      await supervisor.close();
      await assert.rejects(list(), HostStartError);
      await assert.rejects(supervisor.restart(), HostStartError);
      const stopped = children.map((child) => child.stopped);
      assert.deepEqual(stopped, isRunning ? [true] : []);
    }
  });

  it('starts nothing where there is no Linux', async () => {
    const { children, supervisor, list } = make(lister, false);
    await assert.rejects(list(), UnsupportedPlatformError);
    await assert.rejects(supervisor.restart(), UnsupportedPlatformError);
    assert.equal(supervisor.state.kind, 'unsupported');
    assert.equal(children.length, 0);
  });
});
