import { eventually } from '../support/eventually';
import { startWorkbench, type Workbench } from './driver';
import { nativeHost } from './nativeHost';
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

describe('a native host that ends again and again', () => {
  let workbench: Workbench;
  let tree: ProcessesTree;

  before(async () => {
    workbench = await startWorkbench();
    tree = new ProcessesTree(workbench);
  });

  after(() => workbench?.stop());

  it('leaves no rows that nobody keeps up to date', async () => {
    await workbench.openView('Processes');
    await tree.row(1).waitFor();
    const said = tree.pane.getByText('The native host could not be started');
    const endAndLook = async () => {
      const host = nativeHost(0);
      if (host !== undefined) process.kill(host, 'SIGKILL'); // below our own server
      return await said.isVisible();
    };
    await eventually('none is started again', endAndLook, 40_000);
    await tree.row(1).waitFor({ state: 'detached' });
    await workbench.screenshot('failed-again');
    await tree.pane.getByRole('button', { name: 'Retry' }).click();
    await tree.row(1).waitFor();
  });
});
