import assert from 'node:assert/strict';
import { NextProcesses } from '../../../../extension/attach/next/nextProcesses';
import { HostClosedError } from '../../../../extension/host/hostErrors';
import type { TargetToken } from '../../../../native-host/protocol';
import { FakeHost, hostError } from '../../views/fakeHost';
import { row } from '../../views/rows';

const pattern = { kind: 'name', name: 'server' } as const;

function begin() {
  const host = new FakeHost().on('next/watch', () => ({ kind: 'events' }));
  const lines: string[] = [];
  const next = new NextProcesses(host, (line) => lines.push(line));
  const token = () => (host.asked[0]?.params as { token: TargetToken }).token;
  return { host, next, token, lines };
}

describe('NextProcesses', () => {
  it('gives whom the native host found, and lets it go', async () => {
    const { host, next, token } = begin();
    const wait = await next.watch({ pattern, stop: true });
    host.notify('next/found', { token: 'another' as TargetToken, row: row(1), stopped: true });
    host.notify('next/found', { token: token(), row: row(2), stopped: true });
    const found = await wait.next();
    assert.deepEqual([found?.row.pid, found?.stopped], [2, true]);
    await found?.letGo();
    await wait.end();
    await wait.end();
    assert.deepEqual(host.methodsAsked(), ['next/watch', 'next/release', 'next/end']);
  });

  it('gives several one after the other, those that came early too', async () => {
    const { host, next, token } = begin();
    const wait = await next.watch({ pattern, stop: false, under: row(9).key });
    for (const pid of [2, 3])
      host.notify('next/found', { token: token(), row: row(pid), stopped: false });
    assert.equal((await wait.next())?.row.pid, 2);
    assert.equal((await wait.next())?.row.pid, 3);
  });

  it('gives nobody once it is ended', async () => {
    const { next } = begin();
    const wait = await next.watch({ pattern, stop: false });
    const waiting = wait.next();
    await wait.end();
    assert.equal(await waiting, undefined);
    assert.equal(await wait.next(), undefined);
  });

  it('fails with what the native host says, and asks it nothing then', async () => {
    const { host, next, token } = begin();
    const wait = await next.watch({ pattern, stop: false });
    const waiting = wait.next();
    const { data } = hostError('Invalid') as unknown as { data: never };
    host.notify('next/failed', { token: token(), error: data });
    await assert.rejects(waiting, /Invalid/);
    await wait.end();
    assert.deepEqual(host.methodsAsked(), ['next/watch']);
  });

  it('fails when the native host is gone, and starts none to let go', async () => {
    const { host, next, token } = begin();
    const wait = await next.watch({ pattern, stop: true });
    host.notify('next/found', { token: token(), row: row(2), stopped: true });
    const found = await wait.next();
    const waiting = wait.next();
    host.become({ kind: 'failed', error: new Error('x') });
    await assert.rejects(waiting, HostClosedError);
    await found?.letGo();
    assert.deepEqual(host.methodsAsked(), ['next/watch']);
  });

  it('is not lost by the start of the native host that it asks', async () => {
    const { host, next, token } = begin();
    host.on('next/watch', () => {
      host.restart();
      return { kind: 'events' };
    });
    const wait = await next.watch({ pattern, stop: false });
    host.notify('next/found', { token: token(), row: row(2), stopped: false });
    assert.equal((await wait.next())?.row.pid, 2);
  });

  it('never fails to let go', async () => {
    const { host, next, lines } = begin();
    host.on('next/end', () => Promise.reject(hostError('Internal')));
    const wait = await next.watch({ pattern, stop: true });
    await wait.end();
    assert.equal(lines.length, 1);
  });
});
