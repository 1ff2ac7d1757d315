import assert from 'node:assert/strict';
import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';
import { startAs } from './programs';
import { entry, fill } from './quickInput';
import { processesWindow } from './processesWindow';

describe('the packaged extension in the workbench', () => {
  const window = processesWindow();

  it('has its place in the Activity Bar', async () => {
    const tab = window.workbench.page.getByRole('tab', { name: 'Processes' });
    await tab.waitFor();
    assert.equal(await tab.count(), 1);
  });

  it('has a walkthrough', async () => {
    await window.workbench.command('Welcome: Open Walkthrough...');
    await fill(window.workbench, 'Pidfd');
    await entry(window.workbench, 'Get Started with Pidfd Explorer').waitFor();
    await window.workbench.page.keyboard.press('Enter'); // a tooltip may cover what a click would hit
    const page = window.workbench.page.locator('.gettingStartedContainer');
    await page.getByText('Signal exactly that process').click();
    await page.getByRole('button', { name: 'Send Signal to Process...' }).waitFor();
    await window.workbench.webview().locator('svg').waitFor();
    await window.workbench.screenshot('walkthrough');
    await page.getByText('See the processes').click();
    await page.getByRole('button', { name: 'Open Processes' }).click();
    await window.tree.rows.first().waitFor(); // so its native host runs
  });

  it('has a page that tells what is possible here', async () => {
    await window.workbench.command('Pidfd: Show Capabilities');
    const page = window.workbench.webview();
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
    await window.workbench.screenshot('capabilities');
    await window.workbench.command('View: Close All Editors');
  });

  it('can be used without a mouse', async () => {
    const shop = await startAs('keyboardshop', '--mark=keyboard');
    const { keyboard } = window.workbench.page;
    await window.workbench.openView('Processes');
    await window.tree.filter('keyboardshop');
    await window.tree.row(shop.pid).waitFor();
    await window.workbench.command('Processes: Focus on Processes View');
    await keyboard.press('End');
    await eventually('the row is focused', () => isFocused(shop.pid));
    await keyboard.press('Shift+F10');
    await window.tree.menuItem('Send Signal...').waitFor();
    await window.workbench.screenshot('keyboard-menu');
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await eventually('stopped', () => procfs.stat(shop.pid)?.state === 'T');
  });

  it('shows its log', async () => {
    await window.workbench.command('Pidfd: Show Log');
    const lines = window.workbench.page.locator('.view-line', {
      hasText: /native\shost\sruns\son/,
    });
    await lines.first().waitFor();
    await window.workbench.screenshot('log');
  });

  const isFocused = async (pid: number) =>
    (await window.tree.row(pid).getAttribute('class'))?.includes('focused') ?? false;

  it('has no errors of ours in its console', () => {
    const ours = window.workbench.problems.filter((problem) => /pidfd/i.test(problem));
    assert.deepEqual(ours, []);
  });
});
