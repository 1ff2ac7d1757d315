import assert from 'node:assert/strict';
import type { Socket } from 'node:net';
import { ownUser } from '../../../../../extension/attach/bridged/ownUser';
import { FakeHost, hostError } from '../../../views/fakeHost';
import { row } from '../../../views/rows';

const listener = { address: '127.0.0.1', port: 5005 };
const near = (remoteAddress = '127.0.0.1') =>
  ({ remoteAddress, remotePort: 40_001, localPort: 40_000 }) as Socket;

function build(isSame: boolean | null = true, at: object | null = listener) {
  const host = new FakeHost();
  const said: string[] = [];
  const warned: string[] = [];
  host.on('sockets/sameUser', () => ({ isSame }));
  host.on('sockets/served', () => ({ by: at && 'listening', at: at as never, others: [] }));
  const notes = {
    say: (text: string) => said.push(text),
    warn: (line: string) => warned.push(line),
  };
  const admit = ownUser(host, { row: row(5), listener }, notes);
  return { host, said, warned, admit };
}

describe('a way for this user alone', () => {
  it('asks the kernel of the very connection', async () => {
    const { host, admit } = build();
    assert.equal((await admit(near()))?.length, 0);
    assert.deepEqual(host.asked[0], {
      method: 'sockets/sameUser',
      params: { port: 40_000, peer: 40_001 },
    });
  });

  it('is closed to others, and where it cannot be told who comes', async () => {
    for (const isSame of [false, null]) {
      const { admit, said, warned, host } = build(isSame);
      assert.equal(await admit(near()), null);
      assert.deepEqual([said.length, warned.length], [0, 1]);
      assert.deepEqual(host.methodsAsked(), ['sockets/sameUser']);
    }
    const { admit, host } = build();
    assert.equal(await admit(near('127.0.0.2')), null);
    assert.deepEqual(host.asked, []);
  });

  it('is closed where the process is not behind that very port', async () => {
    for (const at of [null, { address: '127.0.0.1', port: 5006 }, { address: '::1', port: 5005 }]) {
      const { admit, said } = build(true, at);
      assert.equal(await admit(near()), null);
      assert.match(said.join(), /does not wait for a debugger at port 5005/);
    }
  });

  it('is closed where nobody answers', async () => {
    for (const method of ['sockets/sameUser', 'sockets/served'] as const) {
      const { admit, said, host } = build();
      host.on(method, () => Promise.reject(hostError('Gone')));
      assert.equal(await admit(near()), null);
      assert.equal(said.length, 1);
    }
  });
});
