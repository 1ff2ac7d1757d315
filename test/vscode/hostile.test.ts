import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { generalCommands, rowCommands } from '../../extension/contributions';
import type { TestApi } from '../../extension/testApi';
import { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import { eventually } from '../support/eventually';
import { elementOf, extensionApi, rowOf } from './extensionApi';
import { TracingAdapter } from './tracingAdapter';

interface InlineDebugger {
  bring(type: string, makeAdapter: () => vscode.DebugAdapter): vscode.Disposable;
}

const command = 'pidfd.hostileTest';
const variable = `\${command:${command}}`;

describe('text of others that goes on to VS Code', () => {
  let api: TestApi;
  let inline: InlineDebugger;
  let folder: string;
  let ran: number;
  const registered: vscode.Disposable[] = [];

  before(async () => {
    api = await extensionApi();
    inline = (await vscode.extensions
      .getExtension<InlineDebugger>('pidfd-explorer-test.inline-debugger')
      ?.activate()) as InlineDebugger;
  });

  beforeEach(() => {
    ran = 0;
    folder = mkdtempSync(join(tmpdir(), 'pidfd-hostile-'));
    registered.push(vscode.commands.registerCommand(command, () => String(++ran)));
  });

  afterEach(async () => {
    await vscode.debug.stopDebugging();
    for (const one of registered.splice(0)) one.dispose();
    await Actor.endAll();
    rmSync(folder, { recursive: true });
  });

  /** Its executable is called like a variable of launch.json. */
  async function programCalled(name: string): Promise<Actor> {
    const [path, actor] = [join(folder, name), await Actor.start()];
    cpSync(buildFixtures().actor, path);
    await actor.exec(path, name);
    return actor;
  }

  const nextSession = () =>
    new Promise<vscode.DebugSession>((resolve) => {
      registered.push(vscode.debug.onDidStartDebugSession(resolve));
    });

  it('is no variable of a debug configuration: nothing is replaced, and no command runs', async () => {
    const [actor, debug] = [await programCalled(variable), await Actor.start()];
    const make = () => new TracingAdapter({ actor: debug, attribute: 'pid' });
    registered.push(inline.bring('lldb-dap', make));
    const started = nextSession();
    const element = await elementOf(api, actor.pid);
    await vscode.commands.executeCommand(rowCommands.attachDebugger, element);
    const { name, configuration } = await started;
    assert.equal(ran, 0, 'a command ran');
    assert.equal(name, `Attach to ${variable.replace('${', '$ {')} (pid ${actor.pid})`);
    assert.equal(configuration['program'], `/proc/${actor.pid}/exe`);
    assert.equal(configuration['pid'], actor.pid);
  });

  it('is one line of the log, in which all can be seen', async () => {
    const [actor, debug] = [await Actor.start(), await Actor.start()];
    const make = () => new TracingAdapter({ actor: debug, attribute: 'pid' });
    registered.push(inline.bring('lldb-dap', make));
    const name = 'evil\n2026-01-01 00:00:00.000 [error] forged\x1b[2J\u202e' + 'x'.repeat(50_000);
    const { pid } = await rowOf(api, actor.pid);
    const configuration = { type: 'lldb-dap', request: 'attach', name, pid };
    await vscode.debug.startDebugging(undefined, configuration);
    await vscode.commands.executeCommand(generalCommands.showLog);
    const lines = await eventually(
      'it is in the log',
      () => {
        const text = vscode.workspace.textDocuments
          .filter(({ uri }) => uri.scheme === 'output')
          .map((document) => document.getText())
          .join('\n');
        return text.includes('evil') ? text.split('\n') : undefined;
      },
      15_000,
    );
    const [line = '', ...more] = lines.filter((one) => /evil|forged/.test(one));
    assert.deepEqual(more, []);
    assert.match(line, /evil\\n2026-01-01 00:00:00\.000 \[error\] forged\\e\[2J⟨U\+202E⟩x/);
    assert.ok(line.length < 10_000, `${line.length} characters`);
  });
});
