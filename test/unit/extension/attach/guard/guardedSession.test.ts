import assert from 'node:assert/strict';
import { nobodysNumber } from '../../../../../extension/attach/guard/dapMessages';
import type { Tracker } from '../../../../../extension/attach/guard/guard';
import { HostClosedError } from '../../../../../extension/host/hostErrors';
import { hostError } from '../../../views/fakeHost';
import { row } from '../../../views/rows';
import {
  answer,
  attach,
  impostor,
  makeGuard,
  settleMs,
  target,
  traced,
  untraced,
} from './makeGuard';

describe('the guard of a session', () => {
  it('makes an attach to a process that has ended reach nobody', async () => {
    const { start, tellEnd, said, concluded, clock } = makeGuard();
    const { tracker } = await start();
    tellEnd();
    const message = attach();
    tracker!.willReceive(message);
    assert.equal(message.arguments.pid, nobodysNumber);
    const failed = answer(false);
    tracker!.didSend(failed);
    assert.match(String(failed['message']), /has ended. Nothing was attached to/);
    assert.deepEqual(said, [failed['message']]);
    await clock.advance(settleMs);
    assert.deepEqual(concluded, []);
  });

  it("says the kernel's reason in place of the debugger's words", async () => {
    const { start, world, said } = makeGuard();
    world.reasons = [{ kind: 'notDumpable' }];
    const { tracker } = await start();
    tracker!.willReceive(attach());
    const failed = answer(false);
    tracker!.didSend(failed);
    assert.match(said[0] ?? '', /^No debugger can attach to target .*: it may not be dumped/);
    assert.equal(failed['message'], said[0]);
  });

  it('makes a restart on such a process a leave', async () => {
    const { start, world, tellEnd, ends } = makeGuard();
    const { tracker } = await start();
    tracker!.willReceive(attach());
    world.proofs.set(target.key, traced);
    tracker!.didSend(answer());
    tellEnd();
    const restart = { type: 'request', seq: 1, command: 'restart', arguments: {} };
    tracker!.willReceive(restart);
    assert.equal(restart.command, 'disconnect');
    tracker!.didSend(answer());
    assert.deepEqual(ends, ['stop']);
  });

  /** Stop, as VS Code asks for it in both ways: the debugger is told to leave instead, and to end nobody. */
  function stopInVain(tracker: Tracker): void {
    for (const command of ['disconnect', 'terminate']) {
      const args = { restart: false, terminateDebuggee: true };
      const message = { type: 'request', seq: 2, command, arguments: args };
      tracker.willReceive(message);
      assert.equal(message.command, 'disconnect');
      assert.deepEqual(message.arguments, { restart: false, terminateDebuggee: false });
    }
  }

  it('ends a process of another PID namespace by its key, where its debugger would by a number', async () => {
    const { start, world, host, session, guard } = makeGuard();
    world.facts = { shares: { pid: false, mnt: true, net: true, user: true } };
    host.on('signal/send', () => ({ outcome: 'sent', members: null }));
    const { done } = await start({ type: 'node', pid: undefined, pidfdKey: target.key });
    stopInVain(guard.track({ ...session(done!), type: 'node' })!);
    const sent = host.asked.filter(({ method }) => method === 'signal/send');
    const expected = { key: target.key, program: target.program, signal: 9 };
    assert.deepEqual(
      sent.map(({ params }) => params),
      [expected, expected],
    );
  });

  it('ends nobody in place of a process that has ended: its number may be taken', async () => {
    const { start, host, tellEnd, session, guard } = makeGuard();
    const { done } = await start({ type: 'node', pid: undefined, pidfdKey: target.key });
    const tracker = guard.track({ ...session(done!), type: 'node' });
    tellEnd();
    stopInVain(tracker!);
    assert.ok(!host.methodsAsked().includes('signal/send'));
  });

  it('leaves ending to a debugger that knows the number', async () => {
    const { start, session, guard } = makeGuard();
    const { done } = await start({ type: 'node', pid: undefined, pidfdKey: target.key });
    const tracker = guard.track({ ...session(done!), type: 'node' });
    const args = { terminateDebuggee: true };
    tracker!.willReceive({ type: 'request', seq: 2, command: 'disconnect', arguments: args });
    assert.equal(args.terminateDebuggee, true);
  });

  it('tells a debugger to leave that met the successor, and only then ends the session', async () => {
    const { start, recycle, world, clock, concluded, ends, said } = makeGuard();
    const { tracker } = await start();
    tracker!.willReceive(attach());
    recycle();
    world.proofs.set(impostor.key, traced);
    tracker!.didSend(answer());
    await clock.advance(100);
    assert.equal(concluded[0]?.verdict.kind, 'hit');
    assert.deepEqual(ends, ['disconnect', 'stop']);
    assert.match(said[0] ?? '', /"A" was meant for target .* was on impostor \(pid 7/);
    assert.match(said[0] ?? '', /ended nothing/);
  });

  it('never ends by force a debugger that does not leave', async () => {
    const { start, recycle, world, clock, ends, said, session, guard } = makeGuard();
    const { done } = await start();
    const stuck = { ...session(done!), disconnect: () => new Promise(() => undefined) };
    const tracker = guard.track(stuck);
    tracker!.willReceive(attach());
    recycle();
    world.proofs.set(impostor.key, traced);
    tracker!.didSend(answer());
    await clock.advance(11_000);
    assert.deepEqual(ends, []);
    assert.match(said[1] ?? '', /does not let go of impostor \(pid 7\)/);
  });

  it('knows no hit where the successor is not traced: its process was gone before', async () => {
    const { start, recycle, clock, verdicts, ends } = makeGuard();
    const { tracker } = await start();
    tracker!.willReceive(attach());
    recycle();
    tracker!.didSend(answer());
    await clock.advance(settleMs + 100);
    assert.deepEqual(verdicts(), ['ended']);
    assert.deepEqual(ends, []);
  });

  it('counts a tracer that was there for other reasons as no proof', async () => {
    const { start, world, clock, concluded } = makeGuard();
    await clock.advance(60_000);
    const { tracker } = await start();
    tracker!.willReceive(attach());
    world.proofs.set(target.key, { hasExited: false, tracer: { row: row(90), isOurs: false } });
    tracker!.didSend(answer());
    await clock.advance(settleMs + 100);
    assert.equal(concluded[0]?.verdict.kind, 'unproven');
  });

  it('waits for debuggers that attach when all is set', async () => {
    const { start, world, clock, concluded } = makeGuard();
    const { tracker } = await start();
    tracker!.willReceive(attach());
    tracker!.didSend(answer());
    await clock.advance(settleMs - 500);
    tracker!.willReceive({ type: 'request', seq: 2, command: 'configurationDone' });
    await clock.advance(settleMs - 500);
    tracker!.didSend({ type: 'response', request_seq: 2, command: 'configurationDone' });
    await clock.advance(settleMs - 500);
    assert.equal(concluded.length, 0);
    world.proofs.set(target.key, traced);
    await clock.advance(100);
    assert.equal(concluded[0]?.verdict.kind, 'proven');
  });

  it('is not misled by the debugger of before, which was about to leave', async () => {
    const { start, world, clock, recycle, concluded } = makeGuard();
    const { tracker } = await start();
    world.proofs.set(target.key, traced); // VS Code restarts, and asks nobody before
    tracker!.willReceive(attach());
    await clock.advance(100);
    recycle();
    world.proofs.set(impostor.key, traced);
    tracker!.didSend(answer());
    await clock.advance(100);
    assert.equal(concluded[0]?.verdict.kind, 'hit');
  });

  it('asks the next native host where one dies in the middle', async () => {
    const { start, host, clock, recycle, world, concluded, ends } = makeGuard();
    const { tracker } = await start();
    tracker!.willReceive(attach());
    await clock.advance(50);
    recycle();
    world.proofs.set(impostor.key, traced);
    tracker!.didSend(answer());
    let deaths = 0;
    host.on('attach/proof', ({ key }) => {
      if (++deaths <= 2) return Promise.reject(new HostClosedError('attach/proof'));
      return world.proofs.get(key) ?? Promise.reject(hostError('Gone'));
    });
    await clock.advance(500);
    assert.equal(concluded[0]?.verdict.kind, 'hit');
    assert.deepEqual(ends, ['disconnect', 'stop']);
  });

  it('remembers who put code into a process, and left again', async () => {
    const { start, world, clock, concluded } = makeGuard();
    const { tracker } = await start({ type: 'debugpy', processId: 7 });
    tracker!.willReceive(attach());
    world.proofs.set(target.key, traced);
    await clock.advance(100);
    world.proofs.set(target.key, untraced);
    await clock.advance(1000);
    tracker!.didSend(answer());
    await clock.advance(100);
    assert.deepEqual(concluded[0]?.verdict, { kind: 'proven', by: 'injection', tracer: null });
  });

  it('sees who waits where a debugger is sent to that needs no number', async () => {
    const other = row(8);
    for (const [by, others, kind] of [
      ['listening', [], 'proven'],
      ['helper', [other], 'proven'],
      [null, [other], 'hit'],
      [null, [], 'unproven'],
    ] as const) {
      const { start, host, clock, concluded } = makeGuard();
      host.on('sockets/served', () => ({ by, at: null, others }));
      const more = { type: 'java', hostName: '127.0.0.1', port: 5005, pid: undefined };
      const { tracker } = await start({ ...more, pidfdKey: target.key });
      tracker!.willReceive(attach());
      tracker!.didSend(answer());
      await clock.advance(settleMs + 100);
      assert.equal(concluded[0]?.verdict.kind, kind);
    }
  });

  it('sees the connection of a program that ceased to listen, and who is there in its place', async () => {
    for (const hasEnded of [false, true]) {
      const { start, host, clock, concluded, recycle } = makeGuard();
      host.on('sockets/served', () => Promise.reject(hostError('Gone')));
      host.on('sockets/owner', () => ({ listeners: [], owners: [impostor] }));
      const more = { type: 'java', hostName: '127.0.0.1', port: 5005, pid: undefined };
      const { tracker } = await start({ ...more, pidfdKey: target.key });
      if (hasEnded) recycle();
      else {
        const answers = [null, 'connected'] as const;
        let asked = 0;
        host.on('sockets/served', () => ({ by: answers[asked++] ?? null, at: null, others: [] }));
      }
      tracker!.willReceive(attach());
      tracker!.didSend(answer());
      await clock.advance(settleMs + 100);
      assert.equal(concluded[0]?.verdict.kind, hasEnded ? 'hit' : 'proven');
    }
  });

  it('says of code that was put into another process that it stays there', async () => {
    const { start, recycle, clock, said } = makeGuard();
    const { tracker } = await start({ type: 'debugpy', processId: 7 });
    tracker!.willReceive(attach());
    recycle();
    tracker!.didSend(answer());
    await clock.advance(100);
    assert.match(said[0] ?? '', /which cannot be taken back/);
  });

  it('takes the word of a debugger that cannot be seen from outside', async () => {
    const { start, clock, concluded } = makeGuard();
    const { tracker } = await start({ type: 'x' });
    tracker!.willReceive(attach());
    tracker!.didSend({ type: 'event', event: 'process', body: { systemProcessId: 7 } });
    tracker!.didSend(answer());
    await clock.advance(100);
    assert.deepEqual(concluded[0]?.verdict, { kind: 'proven', by: 'event', tracer: null });
  });

  it('tells of the end in the debug console, with the status, while the session lives', async () => {
    const { start, world, clock, tellEnd, printed, guard } = makeGuard();
    const { tracker } = await start();
    tracker!.willReceive(attach());
    world.proofs.set(target.key, traced);
    tracker!.didSend(answer());
    await clock.advance(100);
    tellEnd();
    assert.deepEqual(printed, ['target (pid 7) exited with code 3 after 2 ms']);
    guard.ended('s');
    assert.equal(clock.waiting, 0);
  });

  it('asks nothing any more when the attach has failed or the session is over', async () => {
    for (const end of ['failed', 'over'] as const) {
      const { start, clock, guard, concluded } = makeGuard();
      const { tracker } = await start();
      tracker!.willReceive(attach());
      await clock.advance(50);
      if (end === 'over') guard.ended('s');
      else tracker!.didSend(answer(false));
      await clock.advance(10_000);
      assert.equal(clock.waiting, 0);
      assert.deepEqual(concluded, []);
    }
  });
});
