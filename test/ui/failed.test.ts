import { startWorkbench, type Workbench } from './driver';
import { ProcessesTree } from './tree';

describe('a native host that cannot be started', () => {
  let workbench: Workbench;
  let tree: ProcessesTree;

  before(async () => {
    workbench = await startWorkbench({ settings: { 'pidfd.nodePath': '/bin/false' } });
    tree = new ProcessesTree(workbench);
  });

  after(() => workbench?.stop());

  it('leaves a view that says so, with a way out', async () => {
    await workbench.openView('Processes');
    await tree.pane.getByText('The native host could not be started').waitFor();
    await workbench.screenshot('failed');
    for (const name of ['Retry', 'Show Log', 'Open Setting']) {
      await tree.pane.getByRole('button', { name }).waitFor();
    }
  });

  it('is said of a command, too', async () => {
    await workbench.command('Pidfd: Show Capabilities');
    await workbench.toast(/The native host could not be started: .*false/).waitFor();
  });
});
