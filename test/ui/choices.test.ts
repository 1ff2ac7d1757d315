import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { eventually } from '../support/eventually';
import { startWorkbench, type Workbench } from './driver';
import { patiently, soon } from './patiently';
import { forkAs, startAs } from './programs';
import { enter, entry, fill, quickInput } from './quickInput';
import { reloadWindow } from './reloadWindow';
import { ProcessesTree, TargetsTree } from './tree';

const top = async (row: Locator) => (await row.boundingBox())?.y ?? NaN;

describe('what the Processes view shows of its processes', () => {
  let workbench: Workbench;
  let tree: ProcessesTree;

  before(async () => {
    const settings = { 'workbench.hover.delay': 50, 'pidfd.pinnedStatusBar': true };
    workbench = await startWorkbench({ settings });
    tree = new ProcessesTree(workbench);
    await workbench.openView('Processes');
  });

  after(() => workbench?.stop());

  /** A parent with two children; the younger one is busy. */
  const startPair = async (mark: string) => {
    const shop = await startAs('shop', mark);
    const idle = await forkAs(shop, 'idle', mark);
    const busy = await forkAs(shop, 'busy', mark);
    await busy.ask('spin');
    await tree.filter(mark);
    await tree.row(busy.pid).waitFor();
    return { shop, idle, busy };
  };

  const isAbove = (upper: { pid: number }, lower: { pid: number }) =>
    eventually(
      `${upper.pid} above ${lower.pid}`,
      async () => (await top(tree.row(upper.pid))) < (await top(tree.row(lower.pid))),
      20_000,
    );

  it('puts them in order by start, name and CPU, and says by which', async () => {
    const { idle, busy } = await startPair('--mark=order');
    await isAbove(idle, busy);
    await tree.chooseTitle('Sort By > Name');
    await isAbove(busy, idle);
    await tree.chooseTitle('Sort By > PID');
    await isAbove(idle, busy);
    await tree.chooseTitle('Sort By > CPU, Most First');
    await isAbove(busy, idle);
    await tree.openTitleMenu('Sort By', '✓ CPU, Most First');
    await workbench.screenshot('sort-menu');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.keyboard.press('Escape');
    await tree.chooseTitle('Sort By > Start, Oldest First');
    await isAbove(idle, busy);
  });

  it('shows what they use on their rows, and more of it in a tooltip', async () => {
    const { idle, busy } = await startPair('--mark=figures');
    await tree
      .row(busy.pid)
      .getByText(/ · \d+ % · [\d.]+ [kM]B · /)
      .waitFor({ timeout: 20_000 });
    await tree
      .row(idle.pid)
      .getByText(/^\d+ · [\d.]+ [kM]B · /)
      .waitFor();
    const tooltip = workbench.page.locator('.monaco-hover:visible');
    await patiently(async () => {
      await tree.row(idle.pid).hover();
      await tree.row(busy.pid).hover();
      await tooltip.getByText('Processor:').waitFor(soon);
    });
    assert.match((await tooltip.textContent()) ?? '', /Processor: \d+ % of one/);
    assert.match((await tooltip.textContent()) ?? '', /Memory: .* resident/);
    const picture = tooltip.locator('img');
    const width = await picture.evaluate((image: { naturalWidth: number }) => image.naturalWidth);
    assert.equal(width, 180);
    await workbench.screenshot('figures');
    await workbench.page.keyboard.press('Escape');
    await tree.chooseTitle('Hide CPU and Memory');
    await tree
      .row(busy.pid)
      .getByText(/^\d+ · --mark=figures/)
      .waitFor();
    await tree.chooseTitle('Show CPU and Memory');
    await tree.row(busy.pid).getByText(/ % · /).waitFor();
  });

  it('colours what is new, and what has ended, for a moment', async () => {
    const { shop, idle } = await startPair('--mark=colours');
    const colour = (row: Locator) =>
      row.locator('.label-name').evaluate((label) => {
        const page = globalThis as unknown as { getComputedStyle(of: unknown): { color: string } };
        return page.getComputedStyle(label).color;
      });
    // This test's own process, which is above all of them, is not new.
    const usual = await colour(tree.row(process.pid));
    await eventually(
      'they settle',
      async () => (await colour(tree.row(idle.pid))) === usual,
      15_000,
    );
    const late = await forkAs(shop, 'late', '--mark=colours');
    await eventually('new', async () => (await colour(tree.row(late.pid))) !== usual, 8000);
    await workbench.screenshot('new-row');
    await eventually('settled', async () => (await colour(tree.row(late.pid))) === usual, 15_000);
    late.exit(0);
    await shop.reap(late);
    await tree.row(late.pid).getByText('ended').waitFor();
    await eventually('dimmed', async () => (await colour(tree.row(late.pid))) !== usual, 8000);
    await tree.row(late.pid).waitFor({ state: 'detached' });
  });

  it('keeps a filter under a name, gives it back and forgets it', async () => {
    const { idle } = await startPair('--mark=saved');
    await workbench.command('Pidfd: Save Filter...');
    await fill(workbench, 'the shop', 'Save Filter');
    await workbench.page.keyboard.press('Enter');
    await tree.clickTitle('Clear Filter');
    await tree.message('--mark=saved').waitFor({ state: 'detached' });
    await workbench.command('Pidfd: Saved Filters...');
    await entry(workbench, 'the shop').waitFor();
    await workbench.screenshot('saved-filters');
    await enter(workbench, 'the shop');
    await tree.message('--mark=saved').waitFor();
    await tree.row(idle.pid).waitFor();
    await workbench.command('Pidfd: Saved Filters...');
    await entry(workbench, 'the shop').hover();
    await entry(workbench, 'the shop').getByRole('button', { name: 'Delete' }).click();
    await entry(workbench, 'the shop').waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('Escape');
    await quickInput(workbench).waitFor({ state: 'hidden' });
  });

  it('shows a pinned process in the status bar, and the way to its row', async () => {
    const targets = new TargetsTree(workbench);
    const { busy } = await startPair('--mark=status');
    await tree.choose(busy.pid, 'Pin Process');
    await targets
      .row(busy.pid)
      .getByText(/ \d+ % · [\d.]+ [kM]B · pinned since/)
      .waitFor();
    const item = workbench.page.locator('.statusbar-item', {
      hasText: /busy · \d+ % · [\d.]+ [kM]B/,
    });
    await item.waitFor();
    await workbench.screenshot('pinned-status');
    await tree.filter('--mark=nobody-has-this');
    await item.click();
    await tree.row(busy.pid).waitFor();
    await eventually(
      'it is selected',
      async () => (await tree.row(busy.pid).getAttribute('aria-selected')) === 'true',
    );
    await targets.choose(busy.pid, 'Unpin');
    await item.waitFor({ state: 'detached' });
  });

  it('shows the same after a reload', async () => {
    const { idle, busy } = await startPair('--mark=reload');
    await tree.chooseTitle('Sort By > Name');
    await tree.chooseTitle('Hide CPU and Memory');
    await isAbove(busy, idle);
    await reloadWindow(workbench, ['"order":"name"', '"figures":false', '--mark=reload']);
    await tree.message('--mark=reload').waitFor({ timeout: 30_000 });
    await tree.row(busy.pid).waitFor();
    await isAbove(busy, idle);
    await tree.openTitleMenu('Sort By', '✓ Name');
    await tree.menuItem('Show CPU and Memory').waitFor();
    await workbench.screenshot('choices-after-reload');
  });
});
