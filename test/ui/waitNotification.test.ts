import assert from 'node:assert/strict';
import { startWorkbench, type Workbench } from './driver';
import { forkAs, startAs } from './programs';
import { ProcessesTree, TargetsTree } from './tree';

/** A process that was waited for, and has ended. */
async function endOne(workbench: Workbench, mode: string): Promise<number> {
  const processes = new ProcessesTree(workbench);
  const targets = new TargetsTree(workbench);
  await workbench.openView('Processes');
  const mark = `--mark=${mode}`;
  const shop = await startAs('shop', mark);
  const worker = await forkAs(shop, 'worker', mark);
  await processes.filter(mark);
  await processes.choose(worker.pid, 'Wait > Wait for Exit');
  await targets.row(worker.pid).getByText('waiting since').waitFor();
  if (mode === 'badge') await workbench.command('View: Show Explorer'); // it counts what nobody sees
  worker.exit(7);
  await shop.reap(worker);
  return worker.pid;
}

describe('pidfd.waitNotification', () => {
  let workbench: Workbench;

  const start = async (mode: string) => {
    workbench = await startWorkbench({ settings: { 'pidfd.waitNotification': mode } });
    return endOne(workbench, mode);
  };

  afterEach(() => workbench?.stop());

  const noToast = async () =>
    assert.equal(await workbench.page.locator('.notification-toast').count(), 0);

  it('counts on the view: badge', async () => {
    await start('badge');
    const tab = workbench.page.getByRole('tab', { name: /Processes/ }).first();
    await tab.locator('.badge-content', { hasText: '1' }).waitFor();
    await workbench.screenshot('wait-badge');
    await noToast();
    await tab.click();
    await tab.locator('.badge-content').waitFor({ state: 'hidden' });
  });

  it('writes a line at the bottom: statusBar', async () => {
    const pid = await start('statusBar');
    const line = workbench.page.locator('.statusbar-item', { hasText: `pid ${pid}) exited with` });
    await line.waitFor();
    await workbench.screenshot('wait-status-bar');
    await noToast();
  });
});
