import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { generalCommands } from '../../extension/contributions';
import { Actor } from '../support/actor';
import { become, debuggee, goesOn } from '../support/debuggees';
import { otherNode } from '../support/otherNode';
import { eventually } from '../support/eventually';
import { extensionApi, messagesOf, rowOf } from '../vscode/extensionApi';
import { adapters } from './adapters';
import { choosingFirst } from './choosingFirst';
import { debug } from './debug';
import { Sessions } from './sessions';

const inputId = 'pidfd-tests';

const launch = () => vscode.workspace.getConfiguration('launch', folder());
const folder = () => vscode.workspace.workspaceFolders?.[0];
const inLaunchJson = vscode.ConfigurationTarget.WorkspaceFolder;

/** In launch.json, where also a configuration that a test starts finds it. */
async function offerInput(args: object): Promise<void> {
  const inputs = [{ id: inputId, type: 'command', command: generalCommands.pickProcess, args }];
  await launch().update('inputs', inputs, inLaunchJson);
}

/** The number comes as text, whatever its debugger takes. */
function pickedBy(configuration: vscode.DebugConfiguration): vscode.DebugConfiguration {
  const attribute = configuration.type === 'lldb-dap' ? 'pid' : 'processId';
  return { ...configuration, [attribute]: `\${input:${inputId}}` };
}

describe('${command:pidfd.pickProcess}', () => {
  before(extensionApi);
  afterEach(() => Actor.endAll());

  it('gives lldb-dap what is chosen from the list, where what was debugged lately is on top', async () => {
    const program = debuggee('c');
    const actor = await become(await Actor.start(), program);
    const api = await extensionApi();
    await api.recents.note(await rowOf(api, actor.pid));
    const pid = `\${command:${generalCommands.pickProcess}}`;
    const configuration = { type: 'lldb-dap', request: 'attach', name: 'chosen', pid };
    await choosingFirst(debug(actor, program, configuration));
  });
});

describe('${input:} of pidfd.pickProcess', () => {
  before(extensionApi);
  afterEach(() => Actor.endAll());
  after(() =>
    rmSync(join(folder()?.uri.fsPath ?? '', '.vscode'), { recursive: true, force: true }),
  );

  for (const type of ['lldb-dap', 'gdb', 'go']) {
    it(`gives ${type} the only process that a filter matches`, async () => {
      const { program, configure } = await adapters[type]!();
      const actor = await become(await Actor.start(), program);
      const executable = `^${program.command[0]}$`;
      await offerInput({ filter: { executable }, autoPickIfUnique: true });
      await debug(actor, program, pickedBy(configure(actor.pid)));
    });
  }

  for (const type of ['lldb-dap', 'node']) {
    it(`gives ${type} a process that was stopped as it started, which goes on when it is debugged`, async () => {
      const program = debuggee(type === 'node' ? 'node' : 'c', '--inspect-port=0');
      const { source, line, command } = program;
      const pattern = type === 'node' ? '/inspect-port=0 .*loop\\.cjs$/' : command[0];
      await offerInput({ waitFor: { pattern, stop: true } });
      const { starts } = await extensionApi();
      await using sessions = new Sessions();
      sessions.breakAt(source, line);
      const starting = sessions.start(pickedBy({ type, request: 'attach', name: 'waited' }));
      await eventually('it is waited for', () => starts.next.count === 1, 20_000);
      const actor = await Actor.start();
      const [executable, ...argv] = command;
      const executed = actor.exec(type === 'node' ? otherNode() : executable, ...argv);
      assert.ok(Number(await sessions.evaluate(await sessions.stopped(), 'count')) >= 0);
      assert.ok(await starting);
      await sessions.detach();
      await executed;
      await goesOn(actor);
      await eventually('nobody is held', () => starts.next.count === 0);
    });
  }

  it('starts nothing where the process is traced already, and names who traces it', async () => {
    const { program, configure } = await adapters['gdb']!();
    const tracer = await Actor.start();
    const actor = await become(await tracer.fork(), program);
    await tracer.ask('trace', actor.pid);
    await using sessions = new Sessions();
    const said = await messagesOf(await extensionApi(), () => sessions.start(configure(actor.pid)));
    assert.equal(sessions.said.length, 0, 'no debugger was asked');
    assert.match(said.map(({ text }) => text).join(), /actor \(pid \d+\) debugs it already/);
  });
});
