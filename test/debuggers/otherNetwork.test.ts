import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { rowCommands } from '../../extension/contributions';
import type { TestApi } from '../../extension/testApi';
import { Actor } from '../support/actor';
import { debuggee, type Debuggee } from '../support/debuggees';
import { eventually } from '../support/eventually';
import { Listening } from '../support/listening';
import { ownNetwork } from '../support/nodeProgram';
import { procfs } from '../support/procfs';
import { skipBecause } from '../support/results';
import { elementOf, extensionApi, messagesOf } from '../vscode/extensionApi';
import { choosingFirst } from './choosingFirst';
import { debug } from './debug';

/** A real debugpy, which waits at a port that has a meaning only there. */
const waiting = () =>
  debuggee('python', '-Xfrozen_modules=off', '-m', 'debugpy', '--listen', '5678');

describe('a Python that waits for its debugger in another network', () => {
  let api: TestApi;

  before(async function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root makes this network namespace');
    api = await extensionApi();
  });
  afterEach(() => Actor.endAll());

  async function start({ command: [python, ...argv] }: Debuggee): Promise<Actor> {
    const actor = await Actor.start();
    await actor.exec('/usr/bin/env', 'env', ...ownNetwork, python, ...argv.slice(1));
    assert.notEqual(procfs.namespace(actor.pid, 'net'), procfs.namespace('self', 'net'));
    const { key } = await api.host.request('processes/find', { pid: actor.pid });
    const port = 5678;
    await eventually('it waits', async () => {
      const { by } = await api.host.request('sockets/served', { port, key });
      return by === 'helper';
    });
    return actor;
  }

  /** Of those who can debug a Python, its own debugger stands first. */
  const run = async (command: string, { pid }: Actor) => {
    const element = await elementOf(api, pid);
    await choosingFirst(Promise.resolve(vscode.commands.executeCommand(command, element)));
  };

  it('is attached to from its row, again and again, and that is proven by its socket', async () => {
    const program = waiting();
    const actor = await start(program);
    const concluded: unknown[] = [];
    const listening = api.guard.onDidConclude(({ row, verdict }) =>
      concluded.push([row.pid, verdict]),
    );
    using ports = new Listening();
    try {
      for (let times = 0; times < 2; times++)
        await debug(actor, program, () => run(rowCommands.attachDebugger, actor));
    } finally {
      listening.dispose();
    }
    const proven = [actor.pid, { kind: 'proven', by: 'socket', tracer: null }];
    assert.deepEqual(concluded, [proven, proven]);
    assert.match(
      [...ports.opened].join(),
      /^tcp 0100007F:\w+,tcp 0100007F:\w+$/,
      'on the loopback',
    );
    await eventually('they are closed', () => ports.left.length === 0);
  });

  it('has no entry in launch.json, which the way there would not outlive', async () => {
    const actor = await start(waiting());
    const said = await messagesOf(api, () => run(rowCommands.createLaunchEntry, actor));
    assert.match(said.map(({ text }) => text).join(), /port 5678 .*"Attach Debugger..." opens/);
  });
});
