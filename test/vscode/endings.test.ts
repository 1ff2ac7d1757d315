import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as vscode from 'vscode';
import { documentScheme, generalCommands, rowCommands } from '../../extension/contributions';
import type { Shown } from '../../extension/messages';
import type { TestApi } from '../../extension/testApi';
import { startDeafShell } from '../support/deafShell';
import { eventually } from '../support/eventually';
import { elementOf, elementsOf, extensionApi, messagesOf, rowOf } from './extensionApi';

type Child = ChildProcess & { pid: number };

const run = <T>(command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand<T>(command, ...args);

const yesOnly = ({ kind, buttons }: Shown) => (kind === 'confirm' ? buttons[0] : undefined);

describe('ends that are asked for and told of', () => {
  let api: TestApi;
  const children: ChildProcess[] = [];

  function start(program: string, ...args: string[]): Child {
    const child = spawn(program, args, { stdio: 'ignore' });
    children.push(child);
    return child as Child;
  }

  const sleeper = () => start('sleep', '1000');

  before(async () => {
    api = await extensionApi();
  });

  after(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  it('stop a process gracefully though the native host is killed in between', async () => {
    const child = await startDeafShell();
    children.push(child);
    const exited = once(child, 'exit');
    const element = await elementOf(api, child.pid);
    const { state } = api.host;
    assert.ok(state.kind === 'ready');
    const { key } = await rowOf(api, state.hello.world.pid);
    const kill = async () => {
      const stopped = run(rowCommands.stopGracefully, element);
      const isTermed = () => api.stops.stopping[0]?.sent.has(15);
      await eventually('SIGTERM is sent', isTermed, 5000);
      await assert.rejects(async () => api.host.request('signal/send', { key, signal: 9 }));
      await stopped;
    };
    await messagesOf(api, kill, yesOnly);
    assert.deepEqual(await exited, [null, 'SIGKILL']);
    assert.notEqual((api.host.state as typeof state).hello.world.pid, state.hello.world.pid);
    await run(generalCommands.clearFinishedTargets);
  }).timeout(30_000);

  it('stop several selected rows gracefully after one question, and say once how they ended', async () => {
    const [first, second] = [sleeper(), sleeper()];
    const exits = Promise.all([once(first, 'exit'), once(second, 'exit')]);
    const elements = await elementsOf(api, [first.pid, second.pid]);
    const stop = () => run(rowCommands.stopGracefully, elements[0], elements);
    const shown = await messagesOf(api, stop, yesOnly);
    assert.deepEqual(
      shown.map(({ text }) => text),
      ['Stop these 2 processes?', 'All have ended: 2 killed'],
    );
    const killed = [null, 'SIGTERM'];
    assert.deepEqual(await exits, [killed, killed]);
    await run(generalCommands.clearFinishedTargets);
  });

  it('show the details of an end, and copy them, behind the buttons of its toast', async () => {
    const pressed = async (button: string) => {
      const child = sleeper();
      await api.waits.start([await rowOf(api, child.pid)], { until: 'each' });
      const end = async () => {
        const exited = once(child, 'exit');
        child.kill('SIGTERM');
        await exited;
        await eventually('all are told of', () => api.targets.model.all[0]!.isFinished, 10_000);
      };
      await messagesOf(api, end, ({ buttons }) => buttons.find((title) => title === button));
      return child.pid;
    };
    const copied = await pressed('Copy');
    const line = new RegExp(`\\(pid ${copied}, .*\\): killed by SIGTERM`);
    await eventually('it is copied', async () => line.test(await vscode.env.clipboard.readText()));
    const detailed = await pressed('Show Details');
    const path = '/Pidfd Ended Processes.md';
    const uri = vscode.Uri.from({ scheme: documentScheme, path });
    const report = async () => (await vscode.workspace.openTextDocument(uri)).getText();
    await eventually('it is shown', async () => (await report()).includes(String(detailed)));
    assert.match(await report(), /was killed by SIGTERM after.*\n\n- Key: /s);
    await run(generalCommands.clearFinishedTargets);
  });
});
