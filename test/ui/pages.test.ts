import assert from 'node:assert/strict';
import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';
import { startWorkbench, type Workbench } from './driver';
import { startAs } from './programs';
import { entry, fill } from './quickInput';
import { ProcessesTree } from './tree';

describe('the packaged extension in the workbench', () => {
  let workbench: Workbench;
  let tree: ProcessesTree;

  before(async () => {
    workbench = await startWorkbench();
    tree = new ProcessesTree(workbench);
  });

  after(() => workbench?.stop());

  it('has its place in the Activity Bar', async () => {
    const tab = workbench.page.getByRole('tab', { name: 'Processes' });
    await tab.waitFor();
    assert.equal(await tab.count(), 1);
  });

  it('has a walkthrough', async () => {
    await workbench.command('Welcome: Open Walkthrough...');
    await fill(workbench, 'Pidfd');
    await entry(workbench, 'Get Started with Pidfd Explorer').waitFor();
    await workbench.page.keyboard.press('Enter'); // a tooltip may cover what a click would hit
    const page = workbench.page.locator('.gettingStartedContainer');
    await page.getByText('Signal exactly that process').click();
    await page.getByRole('button', { name: 'Send Signal to Process...' }).waitFor();
    await workbench.webview().locator('svg').waitFor();
    await workbench.screenshot('walkthrough');
    await page.getByText('See the processes').click();
    await page.getByRole('button', { name: 'Open Processes' }).click();
    await tree.rows.first().waitFor(); // so its native host runs
  });

  it('has a page that tells what is possible here', async () => {
    await workbench.command('Pidfd: Show Capabilities');
    const page = workbench.webview();
    await page.getByRole('heading', { name: 'What Pidfd Explorer can do here' }).waitFor();
    await page
      .getByText(/What you click is what you hit|told apart|read-only/)
      .first()
      .waitFor();
    await page
      .getByRole('row', { name: /^(handle|inode|start time|none): this machine/ })
      .waitFor();
    const rows = page.getByRole('row', {
      name: /(pidfd_send_signal|PIDFD_GET_INFO|\/proc) (available|missing)/,
    });
    assert.ok((await rows.count()) >= 3);
    await workbench.screenshot('capabilities');
    await workbench.command('View: Close All Editors');
  });

  it('can be used without a mouse', async () => {
    const shop = await startAs('keyboardshop', '--mark=keyboard');
    const { keyboard } = workbench.page;
    await workbench.openView('Processes');
    await tree.filter('keyboardshop');
    await tree.row(shop.pid).waitFor();
    await workbench.command('Processes: Focus on Processes View');
    await keyboard.press('End');
    await eventually('the row is focused', () => isFocused(shop.pid));
    await keyboard.press('Shift+F10');
    await tree.menuItem('Send Signal...').waitFor();
    await workbench.screenshot('keyboard-menu');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await eventually('stopped', () => procfs.stat(shop.pid)?.state === 'T');
  });

  it('shows its log', async () => {
    await workbench.command('Pidfd: Show Log');
    const lines = workbench.page.locator('.view-line', { hasText: /native\shost\sruns\son/ });
    await lines.first().waitFor();
    await workbench.screenshot('log');
  });

  const isFocused = async (pid: number) =>
    (await tree.row(pid).getAttribute('class'))?.includes('focused') ?? false;

  it('has no errors of ours in its console', () => {
    const ours = workbench.problems.filter((problem) => /pidfd/i.test(problem));
    assert.deepEqual(ours, []);
  });
});
