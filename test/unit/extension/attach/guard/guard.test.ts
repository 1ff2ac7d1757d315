import assert from 'node:assert/strict';
import { HostStartError } from '../../../../../extension/host/hostErrors';
import type { ProgramId } from '../../../../../native-host/protocol';
import { ProcessError } from '../../../../../extension/errors';
import { hostError } from '../../../views/fakeHost';
import { row } from '../../../views/rows';
import { settled } from '../../../views/fakeClock';
import {
  answer,
  attach,
  configuration,
  impostor,
  makeGuard,
  settleMs,
  target,
  traced,
  tracer,
  untraced,
} from './makeGuard';

describe('the guard', () => {
  it('gives the configuration the key of the process, and proves that it is traced', async () => {
    const { start, world, clock, targets, concluded, said } = makeGuard();
    const { done, tracker } = await start({ pid: '7' });
    assert.deepEqual(done, configuration({ pidfdKey: target.key }));
    tracker!.willReceive(attach());
    world.proofs.set(target.key, traced);
    tracker!.didSend(answer());
    await clock.advance(100);
    assert.deepEqual(concluded[0]?.verdict, { kind: 'proven', by: 'tracer', tracer });
    assert.match(
      targets.model.all[0]?.note ?? '',
      /^proven, traced by lldb-server \(pid 90\); by a number, and sure only since/,
    );
    assert.equal(targets.model.all[0]?.why, 'debugging');
    assert.deepEqual(said, []);
    assert.equal(clock.waiting, 0, 'nothing is asked any more');
  });

  it('leaves in the list how another session on the same process was proven', async () => {
    const { start, session, world, clock, targets, guard } = makeGuard();
    const { done, tracker } = await start({ pid: '7' });
    const other = { ...session(done!), id: 'other' };
    guard.track(other);
    tracker!.willReceive(attach());
    world.proofs.set(target.key, traced);
    tracker!.didSend(answer());
    await clock.advance(100);
    const noted = targets.model.all[0]?.note;
    assert.match(noted ?? '', /^proven/);
    guard.ended(other.id);
    assert.equal(targets.model.all[0]?.note, noted);
  });

  it('means who was picked by the number, and refuses when that one has ended', async () => {
    const { picks, recycle, start, said, guard, world } = makeGuard();
    picks.add(target);
    await settled();
    recycle();
    assert.equal((await start()).done, undefined);
    assert.match(said[0] ?? '', /^target \(pid 7, started .*its number belongs to impostor/);
    // Once: who starts again means whoever has the number now.
    assert.equal((await guard.settle(configuration()))?.pidfdKey, impostor.key);
    assert.equal(world.owner, impostor);
  });

  it('means who had the number when it was read, and refuses a successor', async () => {
    const { guard, recycle, said } = makeGuard();
    const begun = guard.begin(configuration());
    await settled();
    recycle(); // while tasks run
    assert.equal(await guard.settle(begun), undefined);
    assert.match(said[0] ?? '', /has ended, and its number belongs to impostor/);
  });

  it('means a process that runs another program by now once it is chosen again', async () => {
    const { picks, start, world, said } = makeGuard();
    picks.add(target);
    assert.ok((await start()).done);
    const other = { ...target, program: 'other' as ProgramId, comm: 'other' };
    world.owner = other;
    assert.equal((await start({ pidfdKey: target.key })).done, undefined);
    assert.match(said[0] ?? '', /runs other by now. Nothing was attached to/);
    picks.add(other);
    assert.equal((await start({ pidfdKey: target.key })).done?.pidfdKey, target.key);
    assert.equal((await start()).done?.pidfdKey, target.key);
    assert.equal(said.length, 1);
  });

  it('says of a number that it is only as sure as that', async () => {
    const { start, targets } = makeGuard();
    const { tracker } = await start();
    tracker!.willReceive(attach());
    tracker!.didSend(answer());
    assert.match(targets.model.all[0]?.note ?? '', /^by a number, and sure only since/);
  });

  it('refuses a process that runs another program by now', async () => {
    const { guard, world, said } = makeGuard();
    const begun = guard.begin(configuration());
    await settled();
    world.owner = { ...target, program: 'p2' as ProgramId, comm: 'other' };
    assert.equal(await guard.settle(begun), undefined);
    assert.match(said[0] ?? '', /target .* runs other by now. Nothing was attached to/);
  });

  it('refuses a second tracer, but no debugger that needs none', async () => {
    const { start, world, said, clock } = makeGuard();
    world.proofs.set(target.key, traced);
    const starting = start();
    await clock.advance(2000);
    assert.equal((await starting).done, undefined);
    assert.match(
      said[0] ?? '',
      /^No debugger can attach to target \(pid 7\): lldb-server \(pid 90\) debugs it/,
    );
    assert.ok((await start({ type: 'x' })).done);
  });

  it('waits a moment for the debugger of before to leave, as it does on Restart', async () => {
    const { start, world, said, clock } = makeGuard();
    world.proofs.set(target.key, traced);
    const starting = start();
    await clock.advance(500);
    world.proofs.set(target.key, untraced);
    await clock.advance(500);
    assert.ok((await starting).done);
    assert.deepEqual(said, []);
  });

  it('lets a debugger try what a password may grant', async () => {
    const { start, world } = makeGuard();
    const ids = { real: 0, effective: 0, saved: 0 };
    world.reasons = [{ kind: 'otherUser', uids: ids }];
    assert.ok((await start()).done);
    world.reasons = [{ kind: 'firstThreadEnded' }];
    assert.equal((await start()).done, undefined);
  });

  it('refuses to put code where it cannot work, or would end the program', async () => {
    const { start, world, said } = makeGuard();
    const debugpy = { type: 'debugpy', processId: 7 };
    world.facts = { gdb: { version: '13.1', spoilsCalls: true } };
    assert.equal((await start(debugpy)).done, undefined);
    assert.match(said[0] ?? '', /^gdb 13.1 cannot write the registers/);
    assert.ok((await start()).done, 'a debugger that only looks may');
    world.facts = { shares: { pid: false, mnt: true, net: true, user: true } };
    assert.equal((await start(debugpy)).done, undefined);
    assert.match(said[1] ?? '', /is in another PID namespace/);
  });

  it('takes a key before a number, and refuses where they mean two processes', async () => {
    const { start, said, host } = makeGuard();
    assert.equal((await start({ pidfdKey: target.key, pid: 8 })).done, undefined);
    assert.match(said[0] ?? '', /target \(pid 7\) by its pidfdKey, and 8 by its number/);
    const numbers = [{ namespace: null, nsPid: 8 }];
    host.on('translate/numbers', () => ({ row: target, numbers, proof: 'pidfd' }));
    const elsewhere = { type: 'x', pidfdKey: target.key, pid: 8 };
    assert.ok(
      (await start(elsewhere)).done,
      'its number in a container, where that debugger may be',
    );
  });

  it('refuses one that is known to have ended, also where nobody can be asked any more', async () => {
    const { start, host, picks, tellEnd, said } = makeGuard();
    picks.add(target);
    await settled();
    tellEnd();
    for (const method of ['processes/find', 'target/hold', 'attach/preflight'] as const) {
      host.on(method, () => Promise.reject(new HostStartError('no node')));
    }
    assert.equal((await start()).done, undefined);
    assert.match(said[0] ?? '', /^target .* has ended. Nothing was attached to/);
  });

  it('refuses one that ends while it is made ready, and guards one that cannot be', async () => {
    const { start, world, said } = makeGuard();
    const ways = [hostError('Gone'), new ProcessError(target, hostError('Gone'))];
    for (const error of ways) {
      world.makeReady = () => Promise.reject(error);
      assert.equal((await start()).done, undefined);
      assert.match(said.pop() ?? '', /^target .* has ended. Nothing was attached to/);
    }
    world.makeReady = () => Promise.reject(hostError('Denied'));
    const { done, tracker } = await start();
    assert.equal(done?.pidfdKey, target.key);
    assert.ok(tracker);
  });

  it('keeps hold of what a session is on, however many come after it', async () => {
    const { start, world, guard, session } = makeGuard();
    const { done } = await start();
    for (let pid = 100; pid < 300; pid++) {
      world.owner = row(pid);
      world.proofs.set(world.owner.key, untraced);
      await guard.settle(configuration({ pid }));
    }
    assert.ok(guard.track(session(done!)), 'Restart is guarded');
    guard.ended('s');
    world.owner = row(300);
    await guard.settle(configuration({ pid: 300 }));
    assert.ok(guard.track(session(done!)), 'and a moment after its end');
  });

  it('follows a session once, though Restart tracks it again before its end is told', async () => {
    const { start, clock, guard, session, concluded } = makeGuard();
    const { done, tracker } = await start();
    tracker!.willReceive(attach());
    tracker!.didSend(answer());
    guard.track(session(done!));
    await clock.advance(settleMs + 100);
    assert.deepEqual(concluded, []);
    assert.equal(clock.waiting, 0);
  });

  it('lets what it cannot check go on unguarded, and says so', async () => {
    const { start, host, mentioned } = makeGuard();
    host.on('processes/find', () => Promise.reject(new HostStartError('no node')));
    const { done, tracker } = await start();
    assert.deepEqual(done, configuration());
    assert.equal(tracker, undefined);
    assert.match(mentioned[0] ?? '', /^"A" is not guarded: .*no node/);
  });

  it('refuses a number that nobody has, unless it may be of another machine', async () => {
    const { start, world, said } = makeGuard();
    world.owner = undefined;
    assert.equal((await start()).done, undefined);
    assert.deepEqual(said, ['There is no process with pid 7. Nothing was attached to.']);
    for (const more of [{ type: 'x' }, { debugServer: 4711 }]) {
      assert.deepEqual((await start(more)).done, configuration(more));
    }
  });

  it('does not wait for a native host that does not come up', async () => {
    const { guard, host, clock, mentioned } = makeGuard();
    host.on('processes/find', () => new Promise(() => undefined));
    const settling = guard.settle(configuration());
    await clock.advance(5000);
    assert.deepEqual(await settling, configuration());
    assert.match(mentioned[0] ?? '', /does not answer/);
  });

  it('leaves alone what is launched, elsewhere, or switched off', async () => {
    const { start, host, world } = makeGuard();
    for (const more of [
      { request: 'launch' },
      { pidfdGuard: false },
      { type: 'cppdbg', processId: 7, pipeTransport: {} },
    ]) {
      assert.deepEqual((await start(more)).done, configuration(more));
    }
    world.isWanted = false;
    await start();
    assert.deepEqual(host.asked, []);
  });

  it('is not there where there is no native host, and says nothing of it', async () => {
    const { start, host, mentioned } = makeGuard();
    host.become({ kind: 'unsupported' });
    assert.deepEqual((await start()).done, configuration());
    assert.deepEqual([host.asked, mentioned], [[], []]);
  });
});
