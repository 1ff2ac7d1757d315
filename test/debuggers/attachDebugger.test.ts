import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { rowCommands } from '../../extension/contributions';
import type { TestApi } from '../../extension/testApi';
import { Actor } from '../support/actor';
import { become, debuggee } from '../support/debuggees';
import { eventually } from '../support/eventually';
import { Listening } from '../support/listening';
import { skipBecause } from '../support/results';
import { elementOf, extensionApi, messagesOf } from '../vscode/extensionApi';
import { acceptQuickPick } from '../vscode/quickPicks';
import { Container } from './container';
import { debug } from './debug';
import { Sessions } from './sessions';

const run = (command: string, element: object) => vscode.commands.executeCommand(command, element);

describe('Attach Debugger on a row', () => {
  let api: TestApi;

  before(async () => {
    api = await extensionApi();
  });

  afterEach(() => Actor.endAll());

  const attach = async (pid: number, command: string = rowCommands.attachDebugger) =>
    run(command, await elementOf(api, pid));

  it('takes the only debugger there is for a C program', async () => {
    const program = debuggee('c');
    const actor = await become(await Actor.start(), program);
    await debug(actor, program, () => attach(actor.pid));
  });

  it('finds the files of a program in a container', async () => {
    const program = debuggee('c');
    using container = await Container.start(program);
    await debug(container.actor, program, () => attach(container.pid), container.pid);
  });

  it('asks once which debugger is for Go, and again when told to', async () => {
    const program = debuggee('go');
    const actor = await become(await Actor.start(), program);
    await debug(actor, program, () => acceptQuickPick(attach(actor.pid)));
    await debug(actor, program, () => attach(actor.pid));
    const another = () => attach(actor.pid, rowCommands.attachOtherDebugger);
    await debug(actor, program, () => acceptQuickPick(another()));
  });

  it('opens the inspector of a Node', async () => {
    const program = debuggee('node', '--inspect-port=0');
    const actor = await become(await Actor.start(), program);
    await debug(actor, program, () => acceptQuickPick(attach(actor.pid)));
  });

  it('opens the inspector of a Node in a container, through a bridge into its network', async () => {
    const program = debuggee('node', '--inspect-port=0');
    using container = await Container.start(program);
    using listening = new Listening();
    await debug(
      container.actor,
      program,
      () => acceptQuickPick(attach(container.pid)),
      container.pid,
    );
    const ports = [...listening.opened].filter((one) => !one.startsWith('unix')); // js-debug's own
    assert.match(ports.join(), /^tcp 0100007F:\w+$/, 'on the loopback');
    await eventually('it is closed', () => !listening.left.some((one) => ports.includes(one)));
  });

  it('tells in the debug console how the program ended', async () => {
    const actor = await become(await Actor.start(), debuggee('c'));
    await using sessions = new Sessions();
    const said: string[] = [];
    const listening = api.messages.onDidShow(
      ({ kind, text }) => kind === 'console' && said.push(text),
    );
    try {
      await attach(actor.pid);
      process.kill(actor.pid, 'SIGKILL'); // our own child
      await sessions.allOver();
      await eventually('it is told', () => said.length > 0, 10_000);
    } finally {
      listening.dispose();
    }
    assert.match(said.join(), /^loop-c \(pid \d+\) .*SIGKILL/);
  });

  it('writes an entry that asks for the program, beside what is there', async () => {
    const folder = vscode.workspace.workspaceFolders?.[0];
    const path = join(folder?.uri.fsPath ?? '', '.vscode');
    const others = { type: 'node', request: 'launch', name: 'theirs' };
    try {
      await vscode.workspace
        .getConfiguration('launch', folder)
        .update('configurations', [others], vscode.ConfigurationTarget.WorkspaceFolder);
      const actor = await become(await Actor.start(), debuggee('c'));
      const [shown] = await messagesOf(api, () => attach(actor.pid, rowCommands.createLaunchEntry));
      assert.match(shown?.text ?? '', /"Attach to loop-c" is in launch.json now/);
      const { configurations, inputs } = JSON.parse(
        readFileSync(join(path, 'launch.json'), 'utf8'),
      ) as Written;
      assert.deepEqual(configurations[0], others);
      assert.equal(configurations[1]?.['pid'], '${input:pidfd-loop-c}');
      assert.deepEqual(inputs[0]?.args.filter, { executable: `^${debuggee('c').command[0]}$` });
    } finally {
      rmSync(path, { recursive: true, force: true });
    }
  });

  it('says so where the disk is too full for the entry', async function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root mounts a disk that is full');
    const { fsPath } = vscode.workspace.workspaceFolders?.[0]?.uri ?? assert.fail('no folder');
    const path = join(fsPath, '.vscode');
    mkdirSync(path);
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'nr_inodes=1', 'none', path]); // its root is one
    try {
      const actor = await become(await Actor.start(), debuggee('c'));
      const said = await messagesOf(api, () => attach(actor.pid, rowCommands.createLaunchEntry));
      assert.match(said.map(({ text }) => text).join(), /^Something went wrong.*ENOSPC/);
      assert.deepEqual(readdirSync(path), []);
    } finally {
      execFileSync('umount', [path]);
      rmdirSync(path);
    }
  });
});

interface Written {
  readonly configurations: Record<string, unknown>[];
  readonly inputs: { args: { filter: object } }[];
}
