import { eventually } from '../support/eventually';
import { nativeHost } from './nativeHost';
import { processesWindow } from './processesWindow';

describe('a native host that cannot be started', () => {
  const window = processesWindow({ settings: { 'pidfd.nodePath': '/bin/false' } });

  it('leaves a view that says so, with a way out', async () => {
    await window.workbench.openView('Processes');
    await window.tree.pane.getByText('The native host could not be started').waitFor();
    await window.workbench.screenshot('failed');
    for (const name of ['Retry', 'Show Log', 'Open Setting']) {
      await window.tree.pane.getByRole('button', { name }).waitFor();
    }
  });

  it('is said of a command, too', async () => {
    await window.workbench.command('Pidfd: Show Capabilities');
    await window.workbench.toast(/The native host could not be started: .*false/).waitFor();
  });
});

describe('a native host that ends again and again', () => {
  const window = processesWindow();

  it('leaves no rows that nobody keeps up to date', async () => {
    await window.workbench.openView('Processes');
    await window.tree.row(1).waitFor();
    const said = window.tree.pane.getByText('The native host could not be started');
    const endAndLook = async () => {
      const host = nativeHost(0);
      if (host !== undefined) process.kill(host, 'SIGKILL'); // below our own server
      return await said.isVisible();
    };
    await eventually('none is started again', endAndLook, 40_000);
    await window.tree.row(1).waitFor({ state: 'detached' });
    await window.workbench.screenshot('failed-again');
    await window.tree.pane.getByRole('button', { name: 'Retry' }).click();
    await window.tree.row(1).waitFor();
  });
});
