import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { generalCommands } from '../../extension/contributions';
import type { TestApi } from '../../extension/testApi';
import { Actor } from '../support/actor';
import { NodeProgram } from '../support/nodeProgram';
import { otherNode } from '../support/otherNode';
import { procfs } from '../support/procfs';
import { debuggee, goesOn } from '../support/debuggees';
import { eventually } from '../support/eventually';
import { extensionApi, messagesOf } from '../vscode/extensionApi';
import { choosingFirst } from './choosingFirst';
import { Sessions } from './sessions';

const run = (command: string, given: unknown) => vscode.commands.executeCommand(command, given);

/** The native host may have to be started first. */
const limitMs = 20_000;

const once = 'const once = 41 + 1;\nsetInterval(() => once, 1000);\n';
const again = 'let count = 0;\nsetInterval(() => {\n  count++;\n}, 50);\n';

/** A script that comes by its first line once. */
class Script implements Disposable {
  private readonly folder = mkdtempSync(join(tmpdir(), 'pidfd-script-'));
  readonly path = join(this.folder, 'script.cjs');

  constructor(text = once) {
    writeFileSync(this.path, text);
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}

describe('a Node that does not run yet', () => {
  let api: TestApi;
  before(async () => (api = await extensionApi()));
  afterEach(() => Actor.endAll());

  it('is let go where it was stopped, and attached to when it can be', async () => {
    const { source, line, command } = debuggee('node', '--inspect-port=0');
    await using sessions = new Sessions();
    sessions.breakAt(source, line);
    const pattern = '/inspect-port=0 .*loop\\.cjs$/';
    const waiting = run(generalCommands.attachToNext, { pattern, stop: true });
    await eventually('it is waited for', () => api.starts.next.count === 1, limitMs);
    const actor = await Actor.start();
    const executed = actor.exec(otherNode(), ...command.slice(1));
    const stop = await choosingFirst(sessions.stopped());
    assert.ok(Number(await sessions.evaluate(stop, 'count')) >= 0);
    await sessions.detach();
    await waiting;
    await executed;
    await goesOn(actor);
  });

  it('is debugged in a session of its own when a debugged Node starts it', async () => {
    using script = new Script(again);
    const words = ['--inspect-port=0', script.path];
    await using sessions = new Sessions();
    await using parent = await NodeProgram.start(
      { node: ['--inspect-port=0'] },
      `process.stdin.once('data', () =>
        require('child_process').spawn(process.execPath, ${JSON.stringify(words)}, { stdio: 'ignore' }));`,
    );
    const attached = await sessions.start({
      ...{ type: 'node', request: 'attach', name: 'Parent', processId: String(parent.pid) },
      ...{ autoAttachChildProcesses: false, pidfdFollow: '/script\\.cjs$/' },
    });
    assert.ok(attached);
    await eventually('its children are waited for', () => api.starts.next.count === 1, limitMs);
    sessions.breakAt(script.path, 3);
    parent.say('start\n');
    const stop = await sessions.stopped();
    const { configuration } = sessions.rootOf(stop.session);
    assert.match(configuration.name, /^Parent · node \d+$/);
    const [child] = procfs.children(parent.pid);
    const { key } = await api.host.request('processes/find', { pid: child ?? 0 });
    assert.equal(configuration['pidfdKey'], key);
    await sessions.detach();
    process.kill(child ?? 0, 'SIGKILL'); // its parent is ours and has not collected it
    await eventually('nobody is waited for', () => api.starts.next.count === 0);
  });

  it('is run in a terminal, and debugged from its first line on', async () => {
    using script = new Script();
    await using sessions = new Sessions();
    sessions.breakAt(script.path, 2);
    const opened = new Promise<vscode.Terminal>((resolve) => {
      const listening = vscode.window.onDidOpenTerminal((terminal) => {
        listening.dispose();
        resolve(terminal);
      });
    });
    const said = await messagesOf(api, async () => {
      await run(generalCommands.runAndAttach, [process.execPath, script.path]);
      const stop = await sessions.stopped();
      assert.equal(await sessions.evaluate(stop, 'once'), '42');
      await sessions.detach();
    });
    assert.deepEqual(
      said.map(({ text }) => text),
      [],
    );
    (await opened).dispose();
  });
});
