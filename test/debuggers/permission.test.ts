import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { generalCommands, rowCommands } from '../../extension/contributions';
import type { TestApi } from '../../extension/testApi';
import { Actor } from '../support/actor';
import { asNobody } from '../support/asNobody';
import { become, debuggee, goesOn } from '../support/debuggees';
import { procfs } from '../support/procfs';
import { elementOf, extensionApi, messagesOf } from '../vscode/extensionApi';
import { debuggersApi } from './debuggersApi';
import { Sessions } from './sessions';

/** As `asNobody` has it. */
const nobodysId = 65534;

/** Whoever runs VS Code, what it starts for us and the debugger is: the native host and lldb-dap. */
describe('a debugger of an ordinary user', () => {
  let api: TestApi;
  let folder: string | undefined;

  async function useHost(nodePath: string | undefined): Promise<void> {
    const settings = vscode.workspace.getConfiguration();
    await settings.update('pidfd.nodePath', nodePath, vscode.ConfigurationTarget.Global);
    await vscode.commands.executeCommand(generalCommands.restartHost);
  }

  before(async function () {
    const nobody = asNobody(this);
    api = await extensionApi();
    folder = mkdtempSync(join(tmpdir(), 'pidfd-nobody-'));
    const node = join(folder, 'node');
    const line = [...nobody, process.execPath, '"$@"'].join(' ');
    writeFileSync(node, `#!/bin/sh\nexec ${line}\n`, { mode: 0o755 });
    (await debuggersApi()).prefix = [...nobody];
    await useHost(node);
  });

  after(async () => {
    if (folder === undefined) return;
    (await debuggersApi()).prefix = [];
    await useHost(undefined);
    rmSync(folder, { recursive: true });
  });

  afterEach(() => Actor.endAll());

  /** What the user reads, and what the debugger itself said, which stays in the log. */
  async function refused(pid: number): Promise<string> {
    await using sessions = new Sessions();
    const said = await messagesOf(api, () =>
      sessions.start({ type: 'lldb-dap', request: 'attach', name: 'Refused', pid }),
    );
    const answers = sessions.said.filter(({ command }) => command === 'attach');
    assert.deepEqual(
      answers.map(({ success }) => success),
      [false],
      'the debugger has tried',
    );
    const texts = said.map(({ text }) => text);
    for (const shown of sessions.failures) assert.ok(texts.some((text) => shown.includes(text)));
    assert.equal(procfs.status(pid, 'TracerPid')?.[0], '0');
    return texts.join('\n'); // the end of a session before may be told among them
  }

  it("is told why the kernel does not let it to another user's process", async () => {
    const actor = await become(await Actor.start(), debuggee('c'));
    const text = await refused(actor.pid);
    assert.match(text, /^No debugger can attach to loop-c \(pid \d+\): it belongs to root/m);
    await goesOn(actor);
  });

  it('is told that its own process is not dumpable', async () => {
    const actor = await Actor.start();
    for (const word of ['gid', 'uid']) await actor.ask(word, nobodysId);
    await actor.ask('dumpable', 0);
    assert.match(await refused(actor.pid), /^No debugger can attach to .*may not be dumped/m);
  });

  it('is not even started from a row', async () => {
    const actor = await become(await Actor.start(), debuggee('c'));
    await using sessions = new Sessions();
    const element = await elementOf(api, actor.pid);
    const said = await messagesOf(api, () =>
      vscode.commands.executeCommand(rowCommands.attachDebugger, element),
    );
    assert.match(said.map(({ text }) => text).join(), /No debugger can attach to loop-c .*root/);
    assert.equal(sessions.said.length, 0);
  });
});
