import assert from 'node:assert/strict';
import { LaunchVariables } from '../../../extension/attach/launchVariables';
import { NodeAttach } from '../../../extension/attach/nodeInspector/nodeAttach';
import { HostStartError } from '../../../extension/host/hostErrors';
import { describeError } from '../../../extension/errors';
import type { ProcessRow } from '../../../native-host/protocol';
import { FakeHost, hostError } from '../views/fakeHost';
import { keyOf, row } from '../views/rows';

const websocketAddress = 'ws://127.0.0.1:9229/id';
const base = { type: 'node', request: 'attach', name: 'x' };

/** As the real one has it: not a field, which a copy of it would take along. */
class Opened {
  get websocketAddress(): string {
    return websocketAddress;
  }
}

function build(
  more: { picked?: ProcessRow; ended?: boolean; wanted?: boolean; failure?: Error } = {},
) {
  const opened: ProcessRow[] = [];
  const ran: unknown[] = [];
  const released: string[] = [];
  const ready: ProcessRow[] = [];
  const host = new FakeHost().on('processes/find', ({ pid }) => row(pid));
  const attach = new NodeAttach({
    host,
    picks: {
      of: (pid) => (more.picked?.pid === pid ? more.picked : undefined),
      hasEndedNow: () => Promise.resolve(more.ended ?? false),
      release: (key) => released.push(key),
    },
    makeReady: (meant) => {
      ready.push(meant);
      return Promise.resolve();
    },
    open: (meant) => {
      opened.push(meant);
      return more.failure ? Promise.reject(more.failure) : Promise.resolve(new Opened());
    },
    variables: new LaunchVariables({
      run: (command, argument) => {
        ran.push([command, argument]);
        return Promise.resolve(command === 'cancelled' ? undefined : '7');
      },
      inputs: () => [
        null,
        { id: 'server', type: 'command', command: 'pidfd.pickProcess', args: { filter: 'x' } },
        { id: 'asked', type: 'promptString' },
      ],
      commandOf: (type, name) => (name === 'PickProcess' ? `${type}.pick` : undefined),
      environment: (name) => (name === 'PID' ? '8' : undefined),
      setting: (name) => (name === 'a.pid' ? 9 : undefined),
      ask: ({ type }) => Promise.resolve(type === 'promptString' ? '10' : undefined),
    }),
    isWanted: () => more.wanted ?? true,
  });
  return { attach, host, opened, ran, released, ready };
}

describe('attaching to Node by number', () => {
  it('becomes attaching by the address of its inspector', async () => {
    const { attach, opened } = build();
    const resolved = await attach.resolve({
      ...base,
      processId: '7:9333',
      port: 1,
      skipFiles: ['a'],
    });
    const expected = { websocketAddress, pidfdKey: keyOf(7), attachExistingChildren: false };
    assert.deepEqual(resolved, { ...base, skipFiles: ['a'], ...expected });
    assert.deepEqual(
      opened.map(({ pid }) => pid),
      [7],
    );
  });

  it('means who was picked by that number, and nobody else when it has ended', async () => {
    const picked = row(7, null, { comm: 'picked' });
    const { attach, host, opened, ready } = build({ picked });
    await attach.resolve({ ...base, processId: '7' });
    assert.deepEqual([opened, ready, host.asked], [[picked], [picked], []]);
    const late = build({ picked, ended: true });
    await assert.rejects(late.attach.resolve({ ...base, processId: '7' }), (error) =>
      /picked \(pid 7\) has ended/.test(describeError(error).text),
    );
    assert.deepEqual([late.opened, late.released], [[], [picked.key]]); // the number may be typed now
  });

  it('runs the picker that the configuration names, with what VS Code would give it', async () => {
    const { attach, ran, opened } = build();
    const command = { ...base, processId: '${command:pidfd.pickProcess}' };
    await attach.resolve(command);
    await attach.resolve({ ...base, processId: '${command:PickProcess}' });
    await attach.resolve({ ...base, processId: '${input:server}' });
    assert.deepEqual(ran[0], ['pidfd.pickProcess', command]);
    assert.equal((ran[1] as unknown[])[0], 'node.pick');
    assert.deepEqual(ran[2], ['pidfd.pickProcess', { filter: 'x' }]);
    assert.equal(opened.length, 3);
    assert.equal(await attach.resolve({ ...base, processId: '${command:cancelled}' }), null);
  });

  it('replaces what js-debug would replace only to signal that number', async () => {
    const { attach, opened } = build();
    for (const processId of ['${env:PID}', '${config:a.pid}', '${input:asked}']) {
      await attach.resolve({ ...base, processId });
    }
    assert.deepEqual(
      opened.map(({ pid }) => pid),
      [8, 9, 10],
    );
    for (const processId of ['${input:other}', '${file}', '1${env:PID}']) {
      await assert.rejects(attach.resolve({ ...base, processId }), (error) =>
        /"processId" is .* Nothing was sent/.test(describeError(error).text),
      );
    }
  });

  it('leaves alone what is none of its business', async () => {
    const { attach, opened } = build();
    for (const other of [
      { ...base, port: 9229 },
      { ...base, processId: '7', request: 'launch' },
      { ...base, processId: '7', pidfdGuard: false },
      { ...base, processId: 'nonsense' },
    ]) {
      assert.equal(await attach.resolve(other), other);
    }
    const unwanted = { ...base, processId: '7' };
    assert.equal(await build({ wanted: false }).attach.resolve(unwanted), unwanted);
    assert.deepEqual(opened, []);
  });

  it('leaves it to VS Code where nothing can be said of a number, and only there', async () => {
    const { attach, host, ran } = build();
    const typed = { ...base, processId: '7' };
    const asked = { ...base, processId: '${command:PickProcess}' };
    for (const error of [new HostStartError('no runtime'), hostError('Unsupported')]) {
      host.on('processes/find', () => Promise.reject(error));
      assert.equal(await attach.resolve(typed), typed);
      assert.deepEqual(await attach.resolve(asked), { ...base, processId: '7' }, 'asked once');
    }
    const failure = new HostStartError('no runtime');
    const picked = build({ picked: row(7), failure });
    await assert.rejects(picked.attach.resolve(typed), HostStartError, 'who was picked is known');
    host.become({ kind: 'unsupported' });
    ran.length = 0;
    assert.equal(await attach.resolve(asked), asked);
    assert.deepEqual(ran, []);
  });

  it('says that nobody has the number', async () => {
    const { attach, host } = build();
    host.on('processes/find', () => {
      throw hostError('Gone', { pid: 7 });
    });
    await assert.rejects(attach.resolve({ ...base, processId: 7 }));
  });
});
