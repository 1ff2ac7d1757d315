import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import type { Handlers } from '../../../native-host/handlers/parts';
import { HostError } from '../../../native-host/hostError';
import { Peer } from '../../../native-host/rpc/serve';
import { frame } from '../../support/framing';

const nothing = { added: [], changed: [], removed: [] };

describe('Peer', () => {
  it('takes what is told or asked after the pipe has ended for no fault of its own', async () => {
    const input = new PassThrough();
    const peer = await new Promise<Peer>((resolve) => {
      const one = new Peer({ input, output: new PassThrough() }, () => resolve(one), assert.fail);
      one.serve({} as Handlers, 1); // nothing is asked of it
      input.end();
    });
    await peer.deliver('processes/delta', nothing);
    peer.notify('processes/delta', nothing);
  });

  it('has sixteen requests at work and no more, and lets what ends one pass', async () => {
    const input = new PassThrough();
    const peer = new Peer({ input, output: new PassThrough() }, () => undefined, assert.fail);
    const entered: (() => void)[] = [];
    const cancelled = new Promise<void>((resolve) => {
      const find = () =>
        new Promise<never>((_, reject) => {
          entered.push(() => reject(new HostError('Gone', 'it has ended')));
        });
      peer.serve({ 'processes/find': find, 'tree/cancel': resolve } as unknown as Handlers, 1);
    });
    const ask = (id: number, method: string, params: object) =>
      input.write(frame({ jsonrpc: '2.0', id, method, params }));
    for (let id = 0; id < 40; id++) ask(id, 'processes/find', { pid: 1 });
    ask(40, 'tree/cancel', { token: 'a tree' });
    await cancelled; // so all before it have come
    assert.equal(entered.length, 16);
    for (let done = 0; done < 40; done++) {
      entered[done]?.();
      await new Promise(setImmediate);
      assert.equal(entered.length, Math.min(40, 17 + done));
    }
    input.end();
  });
});
