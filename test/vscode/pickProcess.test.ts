import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import * as vscode from 'vscode';
import { generalCommands } from '../../extension/contributions';
import type { TestApi } from '../../extension/testApi';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { extensionApi, messagesOf, rowOf } from './extensionApi';
import { cancelQuickPick } from './quickPicks';

const pick = (given?: unknown) =>
  vscode.commands.executeCommand<string | undefined>(generalCommands.pickProcess, given);

describe('picking a process for a debugger', () => {
  let api: TestApi;
  const started: ChildProcess[] = [];

  before(async () => {
    api = await extensionApi();
  });

  after(() => {
    for (const child of started) child.kill('SIGKILL');
  });

  /** One that a mark in its arguments finds; it ends by itself. */
  async function sleeper(mark: string): Promise<number> {
    const child = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)', mark], {
      stdio: 'ignore',
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    });
    started.push(child);
    const { pid = 0 } = child;
    await eventually(
      'its arguments',
      async () => (await rowOf(api, pid)).args.includes(mark),
      9000,
    );
    return pid;
  }

  it('gives the only one that matches, without a question', async () => {
    const pid = await sleeper('mark=only');
    const args = { filter: { commandLine: 'mark=only$' }, autoPickIfUnique: true };
    assert.equal(
      await pick({ ...args, debugger: 'node', user: (await rowOf(api, pid)).user }),
      String(pid),
    );
    assert.equal(await pick({ ...args, filter: { ...args.filter, cwd: '.' } }), String(pid));
    assert.equal(api.picks.of(pid)?.pid, pid);
  });

  it('gives the number of inside to a debugger that is in there', async () => {
    const inside = await (await Actor.start()).nest();
    try {
      await inside.ask('comm', 'pidfd-inside');
      const args = { filter: { name: '^pidfd-inside$' }, autoPickIfUnique: true };
      assert.equal(await pick({ ...args, inside: true }), '1');
      assert.equal(await pick(args), String(inside.pid));
    } finally {
      await Actor.endAll();
    }
  });

  it('asks where there are two, and where the one is not of the debugger', async () => {
    await sleeper('mark=twin');
    await sleeper('mark=twin');
    const filter = { commandLine: 'mark=twin$' };
    for (const more of [{}, { debugger: 'go' }]) {
      const asked = pick({ filter, autoPickIfUnique: true, ...more });
      await cancelQuickPick(asked);
      assert.equal(await asked, undefined);
    }
  });

  it('says what is wrong with the arguments, and ends the launch', async () => {
    const shown = await messagesOf(api, async () => {
      assert.equal(await pick({ filtr: 'x' }), undefined);
    });
    assert.equal(shown.length, 1);
    assert.equal(shown[0]?.kind, 'warning');
    assert.match(shown[0].text, /no argument "filtr"/);
  });

  it('serves ${input:} of a launch configuration', async () => {
    const pid = await sleeper('mark=input');
    const settings = vscode.workspace.getConfiguration();
    const seen: vscode.DebugConfiguration[] = [];
    const looking = vscode.debug.registerDebugConfigurationProvider('*', {
      resolveDebugConfigurationWithSubstitutedVariables: (_folder, configuration) => {
        seen.push(configuration);
        return undefined; // far enough
      },
    });
    const args = { filter: 'mark=input', autoPickIfUnique: true };
    const input = { id: 'marked', type: 'command', command: generalCommands.pickProcess, args };
    // Of the user: what is written into the folder would stay there.
    await settings.update('launch', { inputs: [input] }, vscode.ConfigurationTarget.Global);
    try {
      const folder = vscode.workspace.workspaceFolders?.[0];
      await vscode.debug.startDebugging(folder, {
        ...{ type: 'node', request: 'attach', name: 'by input' },
        processIdOfOurs: '${input:marked}',
      });
      assert.equal(seen[0]?.['processIdOfOurs'], String(pid));
    } finally {
      looking.dispose();
      await settings.update('launch', undefined, vscode.ConfigurationTarget.Global);
    }
  });
});
