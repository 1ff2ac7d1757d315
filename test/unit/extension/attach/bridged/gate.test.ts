import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Gate } from '../../../../../extension/attach/bridged/gate';

const much = 'x'.repeat(4 * 1024 * 1024); // more than all sockets on the way hold

describe('a gate', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gate-'));
  const path = join(folder, 'socket');
  let far: Server;
  let gate: Gate;
  before(async () => {
    far = createServer({ allowHalfOpen: true }).listen(path);
    await once(far, 'listening');
    gate = await Gate.open(path, () => Promise.resolve(Buffer.from('head ')));
  });
  after(async () => {
    gate.dispose();
    await new Promise((resolve) => far.close(resolve));
    rmSync(folder, { recursive: true });
  });

  async function come(): Promise<[near: Socket, far: Socket]> {
    const reached = once(far, 'connection') as Promise<[Socket]>;
    const near = connect(gate.port, '127.0.0.1');
    return [near, (await reached)[0]];
  }

  it('takes to the far end the last word of who leaves at once', async () => {
    const [near, other] = await come();
    near.end(much);
    near.resume();
    assert.equal(await text(other), `head ${much}`);
    other.end();
    await once(near, 'close');
  });

  it('takes back the last word of a far end that leaves', async () => {
    const [near, other] = await come();
    other.end(much);
    other.resume();
    assert.equal(await text(near), much);
  });

  it('cuts the far end where who came is cut', async () => {
    const [near, other] = await come();
    const ended = once(other.resume(), 'end');
    near.resetAndDestroy();
    await ended;
    other.destroy();
  });

  it('cuts whoever came where the far end is cut', async () => {
    const [near, other] = await come();
    const closed = once(near.resume(), 'close');
    other.destroy();
    await closed;
  });
});
