import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import type { Handlers } from '../../../native-host/handlers/parts';
import { Peer } from '../../../native-host/rpc/serve';

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
});
