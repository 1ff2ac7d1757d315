import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { dirname } from 'node:path';
import { RunDoor } from '../../../../extension/attach/running/runDoor';

const never = new Promise<undefined>(() => undefined);

describe('RunDoor', () => {
  it('hears one key, and lets that one in', async () => {
    const door = await RunDoor.open();
    assert.equal(statSync(dirname(door.path)).mode & 0o777, 0o700);
    const coming = door.comer(never);
    const socket = connect(door.path);
    socket.write('12:3');
    socket.write('45\n{"words":["no');
    socket.write('de","a.js"],"name":"node","kind":"node"}\n');
    const comer = await coming;
    assert.equal(comer?.key, '12:345');
    assert.deepEqual(comer.program, { words: ['node', 'a.js'], name: 'node', kind: 'node' });
    comer.letIn('--x');
    await door.close();
    const [said] = (await once(socket, 'data')) as [Buffer];
    assert.equal(said.toString(), 'go --x\n');
    assert.equal(existsSync(dirname(door.path)), false);
    socket.destroy();
  });

  it('shuts out whoever was not let in', async () => {
    const door = await RunDoor.open();
    const coming = door.comer(never);
    const socket = connect(door.path);
    socket.write('12:345\n?\n');
    assert.equal((await coming)?.program, undefined);
    const closed = once(socket.resume(), 'close');
    await door.close();
    await closed;
  });

  it('is for one: who comes with him is cut, and who comes later finds no door', async () => {
    const door = await RunDoor.open();
    const coming = door.comer(never);
    const first = connect(door.path);
    const withHim = connect(door.path);
    const cut = new Promise((resolve) => {
      withHim.on('error', () => undefined).once('close', resolve);
    });
    withHim.write('66:666\n?\n');
    first.write('12:345\n?\n');
    assert.equal((await coming)?.key, '12:345');
    await cut;
    const [error] = (await once(connect(door.path), 'error')) as [NodeJS.ErrnoException];
    assert.match(error.code ?? '', /^(ENOENT|ECONNREFUSED)$/);
    await door.close();
    first.destroy();
  });

  it('does not wait for ever for a key', async () => {
    for (const knock of [true, false]) {
      const door = await RunDoor.open();
      let cancel: ((value: undefined) => void) | undefined;
      const cancelled = new Promise<undefined>((resolve) => (cancel = resolve));
      const coming = door.comer(cancelled);
      const socket = knock ? connect(door.path) : undefined;
      if (socket) await once(socket, 'connect');
      cancel?.(undefined);
      assert.equal(await coming, undefined);
      await door.close();
      socket?.destroy();
    }
  });

  it('takes no endless key', async () => {
    const door = await RunDoor.open();
    const coming = door.comer(never);
    const socket = connect(door.path);
    socket.on('error', () => undefined);
    socket.write('1'.repeat(1000));
    assert.equal(await coming, undefined);
    await door.close();
    socket.destroy();
  });
});
