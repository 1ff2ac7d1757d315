import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { Connection } from '../../../extension/host/connection';
import { HostClosedError } from '../../../extension/host/hostErrors';
import { FakeChild } from './fakeChild';

const timers = (): number =>
  process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;

describe('Connection', () => {
  it('keeps nothing of a native host that ended in the middle of a message', async () => {
    await turn(); // Mocha's own is set by then
    const before = timers();
    const child = new FakeChild({ answers: false });
    const connection = new Connection(child, () => undefined);
    const asked = connection.request('processes/list', null);
    child.stdout.write('Content-Length: 100\r\n\r\n{"jsonrpc"');
    await turn();
    child.die();
    await assert.rejects(asked, HostClosedError);
    await connection.ended;
    assert.equal(timers(), before);
  });
});
