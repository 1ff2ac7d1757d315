import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { generalCommands, views } from '../../extension/contributions';
import type { TestApi } from '../../extension/testApi';
import { eventually } from '../support/eventually';
import { skipBecause } from '../support/results';
import { elementOf, extensionApi, rowOf } from './extensionApi';

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(command, ...args);

describe('the Processes view', () => {
  let api: TestApi;

  before(async () => {
    api = await extensionApi();
    await run(`${views.processes}.focus`);
    await eventually('rows', () => model().tree.roots().length > 0, 15_000);
  });

  after(async () => {
    await run(generalCommands.clearFilter);
    await run(generalCommands.hideKernelThreads);
    await run(generalCommands.showOtherUsers);
  });

  const model = () => api.processes.controller.model;

  it('has this process below its parents', async () => {
    const element = await elementOf(api, process.pid);
    const own = model().tree.element((await rowOf(api, process.pid)).key)!;
    assert.equal(own, element);
    assert.ok(model().tree.parent(own));
  });

  it('keeps what a filter matches and its ancestors', async () => {
    await run(generalCommands.filterProcesses, String(process.pid));
    await eventually('filtered', () => model().counts.matched < model().counts.total);
    const own = model().tree.element((await rowOf(api, process.pid)).key);
    assert.ok(own && model().tree.parent(own));
    await run(generalCommands.clearFilter);
    assert.equal(api.processes.choices.filter, '');
  });

  it('selects what it is to reveal also while the tree is drawn anew', async () => {
    const { processes } = api;
    const { key } = await rowOf(api, process.pid);
    for (let round = 0; round < 20; round++) {
      await run(generalCommands.filterProcesses, 'nobody has this');
      const redraw = () => processes.choose({ figures: !processes.choices.figures });
      const drawing = setTimeout(redraw, round * 25); // any moment of the half second that it takes
      const isShown = await processes.reveal(key).finally(() => clearTimeout(drawing));
      const selected = processes['tree'].selection.map((row) => 'key' in row && row.key);
      assert.deepEqual({ round, isShown, selected }, { round, isShown: true, selected: [key] });
    }
  });

  it('shows kernel threads when told to', async function () {
    const { rows } = await api.host.request('processes/list', null);
    if (!rows.some(({ kind }) => kind === 'kernelThread')) {
      skipBecause(this, 'no kernel thread is to be seen here');
    }
    const before = model().counts.total;
    await run(generalCommands.showKernelThreads);
    await eventually('more rows', () => model().counts.total > before);
    await run(generalCommands.hideKernelThreads);
  });

  it('starts a native host when it has none, and none for a hidden view', async () => {
    await api.supervisor.stop();
    await run(generalCommands.restartHost);
    await eventually('rows again', () => api.processes.controller.model.tree.roots().length > 0);
    await run('workbench.view.explorer');
    await run(generalCommands.refreshProcesses);
    assert.equal(api.host.state.kind, 'ready');
  });
});
