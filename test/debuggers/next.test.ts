import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';
import { generalCommands } from '../../extension/contributions';
import { Actor } from '../support/actor';
import { debuggee, goesOn } from '../support/debuggees';
import { eventually } from '../support/eventually';
import { Listening } from '../support/listening';
import { procfs } from '../support/procfs';
import { extensionApi } from '../vscode/extensionApi';
import { choosingFirst } from './choosingFirst';
import { Sessions } from './sessions';

const run = (command: string, given: unknown) => vscode.commands.executeCommand(command, given);

/** The native host may have to be started first. */
const limitMs = 20_000;

/** Of the first statement of main(), which each start comes by once. */
function firstLine(source: string): number {
  const lines = readFileSync(source, 'utf8').split('\n');
  return 1 + lines.findIndex((line) => line.includes('getenv'));
}

describe('a program that does not run yet', () => {
  before(async () => {
    await extensionApi();
  });
  afterEach(() => Actor.endAll());

  it('is stopped as it starts, attached to, and goes on', async () => {
    const { source, line, command } = debuggee('c');
    await using sessions = new Sessions();
    sessions.breakAt(source, line);
    const waiting = run(generalCommands.attachToNext, { pattern: command[0], stop: true });
    const api = await extensionApi();
    await eventually('it is waited for', () => api.starts.next.count === 1, limitMs);
    const actor = await Actor.start();
    const executed = actor.exec(...command);
    const stop = await choosingFirst(sessions.stopped());
    assert.equal(stop.session.configuration['pid'], actor.pid);
    assert.ok(Number(await sessions.evaluate(stop, 'count')) >= 0);
    await sessions.detach();
    await waiting;
    await executed;
    await goesOn(actor);
    assert.equal(api.starts.next.count, 0);
  });

  it('goes on where no debugger attaches to it', async () => {
    const { command } = debuggee('c');
    const api = await extensionApi();
    const refusing = vscode.debug.registerDebugConfigurationProvider('*', {
      resolveDebugConfiguration: () => undefined,
    });
    try {
      const waiting = run(generalCommands.attachToNext, { pattern: command[0], stop: true });
      await eventually('it is waited for', () => api.starts.next.count === 1, limitMs);
      const actor = await Actor.start();
      const executed = actor.exec(...command);
      await choosingFirst(Promise.resolve(waiting));
      await executed;
      await goesOn(actor);
    } finally {
      refusing.dispose();
    }
  });

  it('is run in a terminal, and debugged from its first line on', async () => {
    const { source, command } = debuggee('c');
    await using sessions = new Sessions();
    sessions.breakAt(source, firstLine(source));
    const opened = new Promise<vscode.Terminal>((resolve) => {
      const listening = vscode.window.onDidOpenTerminal((terminal) => {
        listening.dispose();
        resolve(terminal);
      });
    });
    using listening = new Listening();
    const attached = run(generalCommands.runAndAttach, [command[0]]);
    const terminal = await opened;
    await choosingFirst(Promise.resolve(attached));
    const pid = (await terminal.processId) ?? 0;
    const stop = await sessions.stopped();
    assert.equal(stop.session.configuration['pid'], pid);
    assert.match([...listening.opened].join(), /^unix \/[^,]*\/pidfd-run-\w+\/door$/);
    assert.deepEqual(listening.left, [], 'nobody else gets in');
    await sessions.detach();
    terminal.dispose();
    await eventually('it has ended', () => procfs.stat(pid) === null);
  });

  it('is debugged in a session of its own when a debugged process starts it', async () => {
    const { source, line, command } = debuggee('c');
    await using sessions = new Sessions();
    const parent = await Actor.start();
    const api = await extensionApi();
    const attached = await sessions.start({
      ...{ type: 'lldb-dap', request: 'attach', name: 'Parent' },
      ...{ pid: parent.pid, pidfdFollow: command[0] },
    });
    assert.ok(attached);
    await eventually('its children are waited for', () => api.starts.next.count === 1, limitMs);
    const stranger = await Actor.start();
    await stranger.exec(...command);
    const child = await parent.fork();
    sessions.breakAt(source, line);
    const executed = child.exec(...command);
    const stop = await sessions.stopped();
    assert.equal(stop.session.configuration['pid'], child.pid);
    assert.match(stop.session.name, /^Parent · loop-c /);
    await sessions.detach();
    await executed;
    await goesOn(child);
    await goesOn(stranger);
    await eventually('nobody is waited for', () => api.starts.next.count === 0);
  });
});
