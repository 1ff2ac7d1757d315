import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as vscode from 'vscode';
import {
  pickerCommands,
  generalCommands,
  rowCommands,
  targetCommands,
} from '../../extension/contributions';
import type { TestApi } from '../../extension/testApi';
import { startDeafShell } from '../support/deafShell';
import { eventually } from '../support/eventually';
import { skipBecause } from '../support/results';
import { elementOf, elementsOf, extensionApi, messagesOf, rowOf } from './extensionApi';
import { acceptQuickPick, cancelQuickPick } from './quickPicks';

const run = <T>(command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand<T>(command, ...args);

describe('commands', () => {
  let api: TestApi;
  const children: ChildProcess[] = [];

  /** A process of our own that does nothing until it is told. */
  function sleeper(): ChildProcess & { pid: number } {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)', 'pidfd-sleeper'], {
      stdio: 'ignore',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    children.push(child);
    return child as ChildProcess & { pid: number };
  }

  before(async () => {
    api = await extensionApi();
  });

  after(() => {
    for (const child of children) child.kill('SIGKILL');
  });

  it('are all registered', async () => {
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const ids of [rowCommands, pickerCommands, targetCommands, generalCommands]) {
      for (const id of Object.values(ids)) assert.ok(registered.has(id), id);
    }
  });

  it('do nothing on a row that VS Code did not deliver, and say so', async () => {
    for (const id of [...Object.values(rowCommands), ...Object.values(targetCommands)]) {
      for (const args of [[], [undefined], [undefined, []], [{ pid: 1 }]]) {
        const shown = await messagesOf(api, () => run(id, ...args));
        assert.deepEqual(
          shown.map(({ kind }) => kind),
          ['warning'],
          id,
        );
        assert.match(shown[0]!.text, /nothing was done/);
      }
    }
  });

  it('kill the process of a row after a question that names it', async () => {
    const child = sleeper();
    const exited = once(child, 'exit');
    const element = await elementOf(api, child.pid);
    const shown = await messagesOf(
      api,
      () => run(rowCommands.kill, element),
      ({ buttons }) => buttons[0],
    );
    assert.equal(shown[0]?.kind, 'confirm');
    assert.match(shown[0].text, new RegExp(`pid ${child.pid}, started`));
    assert.deepEqual(await exited, [null, 'SIGKILL']);
    assert.match(shown[1]!.text, /SIGKILL sent to/);
  });

  it('kill several selected rows after one question, with one summary', async () => {
    const [first, second, gone] = [sleeper(), sleeper(), sleeper()];
    const elements = await elementsOf(api, [first.pid, second.pid, gone.pid]);
    const exits = [once(first, 'exit'), once(second, 'exit')];
    const goneExit = once(gone, 'exit');
    gone.kill('SIGKILL');
    await goneExit;
    const shown = await messagesOf(
      api,
      () => run(rowCommands.kill, elements[0], elements),
      ({ kind, buttons }) => (kind === 'confirm' ? buttons[0] : undefined),
    );
    assert.deepEqual(
      shown.map(({ text }) => text),
      ['Kill these 3 processes?', 'SIGKILL: 2 sent, 1 already gone'],
    );
    await Promise.all(exits);
  });

  it('do nothing with several rows of which one is not there, or no process', async () => {
    const child = sleeper();
    const element = await elementOf(api, child.pid);
    const shown = await messagesOf(api, async () => {
      for (const other of [undefined, {}]) await run(rowCommands.kill, element, [element, other]);
    });
    assert.match(shown[0]!.text, /row changed .* nothing was done/);
    assert.match(shown[1]!.text, /^Nothing was done: something else/);
    assert.equal(shown.length, 2);
  });

  it('ask before VS Code itself is paused, and say what that risks', async () => {
    const element = await elementOf(api, process.ppid);
    const shown = await messagesOf(api, () => run(rowCommands.pause, element));
    assert.equal(shown[0]?.kind, 'confirm');
  });

  it('stop a process gracefully, and at once when told to', async () => {
    // Deaf to SIGTERM, so only Kill Now ends it before the five seconds are over.
    const child = await startDeafShell();
    children.push(child);
    const exited = once(child, 'exit');
    const element = await elementOf(api, child.pid);
    await messagesOf(
      api,
      async () => {
        const stopped = run(rowCommands.stopGracefully, element);
        await eventually('stopping', () => api.stops.stopping.length === 1, 5000);
        await run(targetCommands.killNow, api.stops.stopping[0]);
        assert.deepEqual(await exited, [null, 'SIGKILL']);
        await stopped;
      },
      ({ kind, buttons }) => (kind === 'confirm' ? buttons[0] : undefined),
    );
    assert.equal(api.stops.stopping.length, 0);
    await run(generalCommands.clearFinishedTargets);
  });

  it('stop a whole tree after a question that says how many', async () => {
    const child = spawn('sh', ['-c', 'sleep 1000 & sleep 1000 & wait'], {
      stdio: 'ignore',
    }) as ChildProcess & { pid: number };
    children.push(child);
    const exited = once(child, 'exit');
    const element = await elementOf(api, child.pid);
    const { key } = await rowOf(api, child.pid);
    await eventually(
      'children',
      async () => (await api.host.request('tree/preview', { key })).rows.length === 3,
    );
    const shown = await messagesOf(
      api,
      () => run(rowCommands.stopTree, element),
      ({ kind, buttons }) => (kind === 'confirm' ? buttons[0] : undefined),
    );
    await exited;
    assert.match(shown[0]!.text, /and its 2 descendants\?$/);
    assert.match(shown[1]!.text, /^Tree of sh \(pid \d+\): 3 ended/);
  });

  it('do once what is asked for a process that is selected in two places', async () => {
    const child = sleeper();
    const element = await elementOf(api, child.pid);
    await run(rowCommands.pin, element, [element, element]);
    const target = api.targets.model.all[0]!;
    assert.deepEqual(target.reasons, ['pinned']);
    await run(targetCommands.unpin, target);
  });

  it('pin a process, wait for it for a while, and let it go', async () => {
    const child = sleeper();
    const element = await elementOf(api, child.pid);
    await run(rowCommands.pin, element);
    const target = api.targets.model.all[0]!;
    assert.equal(target.why, 'pinned');
    const again = await messagesOf(api, () => run(rowCommands.pin, element));
    assert.match(again[0]!.text, /is in Targets already/);
    await run(rowCommands.waitForExit, element);
    assert.equal(api.targets.model.all[0], target);
    assert.equal(target.why, 'waiting');
    await run(targetCommands.cancel, target);
    assert.equal(target.why, 'pinned');
    await run(targetCommands.unpin, target);
    assert.equal(api.targets.model.get(target.token), undefined);
  });

  it('kill nothing without a yes', async () => {
    const child = sleeper();
    const element = await elementOf(api, child.pid);
    await messagesOf(api, () => run(rowCommands.kill, element));
    assert.equal(child.exitCode ?? child.signalCode, null);
  });

  it('say of a process that has ended that it has, and touch no other', async () => {
    const child = sleeper();
    const element = await elementOf(api, child.pid);
    child.kill('SIGKILL');
    await once(child, 'exit');
    const shown = await messagesOf(
      api,
      () => run(rowCommands.terminate, element),
      ({ buttons }) => buttons[0],
    );
    assert.match(shown.at(-1)!.text, new RegExp(`\\(pid ${child.pid}\\) has ended`));
  });

  it('pause and continue the process of a row', async () => {
    const child = sleeper();
    const element = await elementOf(api, child.pid);
    const state = async () => (await api.host.request('processes/find', { pid: child.pid })).state;
    // It runs VS Code's own program below VS Code, so pausing it is asked about.
    await messagesOf(
      api,
      () => run(rowCommands.pause, element),
      ({ buttons }) => buttons[0],
    );
    await eventually('stopped', async () => (await state()) === 'T');
    await run(rowCommands.continue, element);
    await eventually('running', async () => (await state()) !== 'T');
  });

  it('wait for a process, also over a restart of the native host, and say how it ended', async () => {
    const child = sleeper();
    const element = await elementOf(api, child.pid);
    await run(rowCommands.waitForExit, element);
    await run(generalCommands.restartHost);
    const target = api.targets.model.all[0]!;
    assert.equal(target.row.pid, child.pid);
    await eventually('held', () => target.state.kind === 'waiting' && target.state.held);
    const shown = await messagesOf(api, async () => {
      child.kill('SIGTERM');
      await eventually('ended', () => target.isFinished, 10_000);
    });
    assert.match(shown[0]!.text, new RegExp(`\\(pid ${child.pid}\\) was killed by SIGTERM after`));
    await run(generalCommands.clearFinishedTargets);
    assert.equal(api.targets.model.get(target.token), undefined);
  });

  it('start what a wait was given for its end, once', async () => {
    let times = 0;
    const registered = vscode.commands.registerCommand('pidfdTest.after', () => void times++);
    const child = sleeper();
    const after = { kind: 'command', id: 'pidfdTest.after' } as const;
    const { held } = await api.waits.start([await rowOf(api, child.pid)], { until: 'each', after });
    const shown = await messagesOf(api, async () => {
      child.kill('SIGTERM');
      await eventually('started', () => times > 0, 10_000);
    });
    assert.equal(held[0]!.isFinished, true);
    assert.ok(shown.some(({ text }) => text.endsWith('Starting: command pidfdTest.after')));
    await run(generalCommands.clearFinishedTargets);
    assert.equal(times, 1);
    registered.dispose();
  });

  it('start a task of the user, looked up by its name', async function () {
    if (vscode.version.startsWith('1.100.')) {
      skipBecause(this, 'the server of VS Code 1.100 runs here without node-pty, so without tasks');
    }
    const task = { label: 'pidfd-after', type: 'process', command: 'true' };
    const configuration = vscode.workspace.getConfiguration('tasks');
    await configuration.update('tasks', [task], vscode.ConfigurationTarget.Global);
    const found = await eventually(
      'the task',
      async () => (await vscode.tasks.fetchTasks()).find(({ name }) => name === task.label),
      15_000,
    );
    const started: string[] = [];
    const listening = vscode.tasks.onDidStartTask((e) => started.push(e.execution.task.name));
    const child = sleeper();
    await api.waits.start([await rowOf(api, child.pid)], {
      until: 'each',
      after: { kind: 'task', name: task.label, source: found.source, folder: null },
    });
    child.kill('SIGTERM');
    await eventually('started', () => started.length > 0, 15_000);
    assert.deepEqual(started, [task.label]);
    listening.dispose();
    await run(generalCommands.clearFinishedTargets);
  });

  it('ask what to start, and wait for nothing when nothing is chosen', async () => {
    const element = await elementOf(api, sleeper().pid);
    const asked = run(rowCommands.waitThen, element);
    await cancelQuickPick(asked);
    assert.ok(api.targets.model.all.every(({ after }) => after === undefined));
  });

  it('copy what names the process of a row', async () => {
    const child = sleeper();
    const element = await elementOf(api, child.pid);
    await run(rowCommands.copyPid, element);
    assert.equal(await vscode.env.clipboard.readText(), String(child.pid));
    await run(rowCommands.copyKey, element);
    assert.match(await vscode.env.clipboard.readText(), new RegExp(`^${child.pid}[:@]\\d+$`));
    await run(rowCommands.copyCommandLine, element);
    assert.match(
      await vscode.env.clipboard.readText(),
      /'setInterval\(\(\) => \{\}, 1000\)' pidfd-sleeper$/,
    );
  });

  it('give a number as text from the picker, and undefined when it is cancelled', async () => {
    const child = sleeper(); // others may end before they are held
    await rowOf(api, child.pid);
    const filter = { commandLine: 'pidfd-sleeper$' };
    const accepted = run<string | undefined>(generalCommands.pickProcess, { filter });
    await acceptQuickPick(accepted);
    assert.match((await accepted) ?? '', /^\d+$/);
    const cancelled = run<string | undefined>(generalCommands.pickProcess);
    await cancelQuickPick(cancelled);
    assert.equal(await cancelled, undefined);
  });

  it('show the capabilities as a document', async () => {
    await run(generalCommands.showCapabilities);
    const document = await eventually(
      'document',
      () => vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'pidfd'),
      10_000,
    );
    assert.match(document.getText(), /: this machine\*\*/);
  });
});
