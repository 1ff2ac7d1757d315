import assert from 'node:assert/strict';
import { startWorkbench, type Workbench } from './driver';

describe('the packaged extension in the workbench', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await startWorkbench();
  });

  after(() => workbench?.stop());

  it('has its place in the Activity Bar', async () => {
    const entry = workbench.page.getByRole('tab', { name: 'Processes' });
    await entry.waitFor();
    assert.equal(await entry.count(), 1);
  });

  it('shows processes, so that its native host runs', async () => {
    await workbench.openView('Processes');
    await workbench.page.getByRole('treeitem').first().waitFor();
    await workbench.screenshot('smoke');
  });
});
