import assert from 'node:assert/strict';
import type { Shown } from '../../extension/messages';
import type { TestApi } from '../../extension/testApi';
import { Actor } from '../support/actor';
import { become, debuggee, goesOn } from '../support/debuggees';
import { eventually } from '../support/eventually';
import { extensionApi } from '../vscode/extensionApi';
import { debug } from './debug';
import { Sessions } from './sessions';

/** A port that is free: whoever else runs a Node here might have the usual one. */
const start = async () => {
  const program = debuggee('node', '--inspect-port=0');
  return { program, actor: await become(await Actor.start(), program) };
};

const portsOf = async (api: TestApi, pid: number) => {
  const { key } = await api.host.request('processes/find', { pid });
  const { processes } = await api.host.request('sockets/listening', { keys: [key] });
  return processes[0]?.tcp;
};

describe('a Node that is debugged', () => {
  before(extensionApi);
  afterEach(() => Actor.endAll());

  it('is debugged again by the same address after Restart', async () => {
    const { program, actor } = await start();
    await using sessions = new Sessions();
    sessions.breakAt(program.source, program.line);
    const processId = String(actor.pid);
    assert.ok(await sessions.start({ type: 'node', request: 'attach', name: 'again', processId }));
    const { configuration } = sessions.rootOf((await sessions.stopped()).session);
    await sessions.restart();
    const { session } = await sessions.stopped();
    const again = sessions.rootOf(session).configuration;
    for (const name of ['pidfdKey', 'websocketAddress']) {
      assert.equal(again[name], configuration[name], name);
    }
    await sessions.detach();
    await goesOn(actor);
  });
});

describe('a Node that runs without its inspector', () => {
  let api: TestApi;
  before(async () => (api = await extensionApi()));
  afterEach(() => Actor.endAll());

  it('is attached to by number through an inspector of its own, which is closed when asked', async () => {
    const { program, actor } = await start();
    const shown: Shown[] = [];
    const listening = api.messages.onDidShow((message) => shown.push(message));
    api.messages.answer = ({ buttons }) => buttons.find((one) => one === 'Close Inspector');
    try {
      const processId = String(actor.pid);
      await debug(actor, program, {
        type: 'node',
        request: 'attach',
        name: 'by number',
        processId,
      });
      await eventually(
        'the inspector is closed',
        async () => JSON.stringify(await portsOf(api, actor.pid)) === '{"value":[]}',
        15_000,
      );
      assert.match(shown.map(({ text }) => text).join(), /inspector of .* is still open on port/);
    } finally {
      listening.dispose();
      api.messages.answer = undefined;
    }
  });
});
