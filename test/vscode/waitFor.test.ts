import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { generalCommands } from '../../extension/contributions';
import type { TestApi } from '../../extension/testApi';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { ProgramFile } from '../support/programFile';
import { extensionApi, messagesOf } from './extensionApi';

const pick = (waitFor: unknown) =>
  vscode.commands.executeCommand<string | undefined>(generalCommands.pickProcess, { waitFor });

/** The native host may have to be started first. */
const limitMs = 20_000;

describe('picking a process that does not run yet', () => {
  let api: TestApi;

  before(async () => {
    api = await extensionApi();
  });

  afterEach(() => Actor.endAll());

  it('gives its number, and lets it run', async () => {
    using program = new ProgramFile();
    const picking = pick(program.name);
    await eventually('it is waited for', () => api.starts.next.count === 1, limitMs);
    const actor = await Actor.start();
    const executed = actor.exec(program.path, 'x');
    assert.equal(await picking, String(actor.pid));
    assert.equal(api.picks.of(actor.pid)?.exe, program.path);
    assert.equal(api.starts.next.count, 0);
    await executed;
    assert.equal(await actor.askNumber('pid'), actor.pid);
  });

  it('says what is wrong with a pattern', async () => {
    const shown = await messagesOf(api, () => pick('/(/'));
    assert.match(shown[0]?.text ?? '', /No regular expression/);
  });
});
