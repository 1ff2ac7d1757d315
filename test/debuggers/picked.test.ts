import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { generalCommands } from '../../extension/contributions';
import { Actor } from '../support/actor';
import { become } from '../support/debuggees';
import { extensionApi, messagesOf } from '../vscode/extensionApi';
import { adapters } from './adapters';
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
