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
    const closed = once(near.resume(), 'close'); // it may be before the other has read all
    near.end(much);
    assert.equal(await text(other), `head ${much}`);
    other.end();
    await closed;
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

  describe('that asks', () => {
    const asked: { near: Socket; answer: (head: Buffer | null) => void }[] = [];
    const comers: Socket[] = [];
    let notify = () => {};
    let asking: Gate;

    beforeEach(async () => {
      asking = await Gate.open(path, (near) => {
        const answered = new Promise<Buffer | null>((answer) => asked.push({ near, answer }));
        notify();
        return answered;
      });
    });

    afterEach(() => {
      asked.splice(0).forEach(({ answer }) => answer(null));
      comers.splice(0).forEach((comer) => comer.destroy());
      asking.dispose();
    });

    const someone = () => {
      const comer = connect(asking.port, '127.0.0.1');
      comers.push(comer);
      return comer;
    };

    /** What becomes of whoever comes now. */
    const fate = () =>
      new Promise<'asked' | 'cut'>((resolve) => {
        notify = () => resolve('asked');
        someone().on('close', () => resolve('cut'));
      });

    it('cuts unasked who comes while sixteen are being asked, until one of them is answered', async () => {
      for (let count = 1; count <= 16; count++) assert.equal(await fate(), 'asked');
      assert.equal(await fate(), 'cut');
      assert.equal(asked.length, 16);
      const closed = once(asked[0]!.near, 'close');
      asked[0]!.answer(null);
      await closed;
      assert.equal(await fate(), 'asked');
    });

    it('reads nothing of anybody before he is admitted', async () => {
      const comer = someone();
      await new Promise((resolve) => comer.write('early', resolve));
      for (let turn = 0; turn < 2; turn++) await fate(); // whatever was there before these has been heard
      assert.equal(asked[0]!.near.bytesRead, 0);
      const reached = once(far, 'connection') as Promise<[Socket]>;
      asked[0]!.answer(Buffer.from('head '));
      comer.end();
      const [other] = await reached;
      assert.equal(await text(other), 'head early');
      other.end();
    });
  });
});
