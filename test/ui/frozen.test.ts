import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';
import { slowTrees } from '../support/slowTrees';
import { startWorkbench, type Workbench } from './driver';
import { nativeHost } from './nativeHost';
import { startAs } from './programs';
import { answer, dialog } from './quickInput';
import { ProcessesTree } from './tree';

/** A whole tree stands still for a moment before it is signalled: whatever ends VS Code then, it may not stay so. */
describe('a tree that stands still', () => {
  let workbench: Workbench;
  let processes: ProcessesTree;

  before(async () => {
    workbench = await startWorkbench();
    processes = new ProcessesTree(workbench);
    await workbench.openView('Processes');
  });

  after(() => workbench?.stop());

  /** Until its processes are stopped, and the native host itself is held there. */
  async function freeze(context: Mocha.Context) {
    const mark = `--mark=${context.test?.title.replace(/\W+/g, '-')}`;
    const { root, pids } = await slowTrees.start(() => startAs('boss', mark));
    await processes.filter(mark);
    await processes.choose(root.pid, 'Stop Whole Tree...');
    await dialog(workbench).getByText(`Stop boss (pid ${root.pid}`).waitFor();
    const held = await slowTrees.holdFrozen(context, { pid: nativeHost() });
    await answer(workbench, 'Stop Whole Tree');
    await held.reached;
    await eventually('it is frozen', () => slowTrees.isFrozen(pids));
    return { held, pids };
  }

  it('goes on unharmed when the window is reloaded', async function () {
    const { held, pids } = await freeze(this);
    const host = nativeHost();
    await workbench.command('Developer: Reload Window');
    await workbench.page.waitForEvent('load');
    await held.letGo();
    await slowTrees.assertUnharmed(pids, 10_000);
    await eventually('the native host has ended', () => procfs.stat(host) === null, 10_000);
    await workbench.page.locator('.monaco-workbench').waitFor();
    for (const pid of pids) await processes.row(pid).waitFor({ timeout: 30_000 });
    await workbench.screenshot('frozen-reload');
  });

  it('goes on unharmed when the extension host dies', async function () {
    const { held, pids } = await freeze(this);
    const host = nativeHost();
    process.kill(procfs.stat(host)?.ppid ?? 0, 'SIGKILL'); // the extension host, below our own server
    await held.letGo();
    await slowTrees.assertUnharmed(pids, 10_000);
    await eventually('another native host', () => nativeHost(host), 30_000);
    for (const pid of pids) await processes.row(pid).waitFor({ timeout: 30_000 });
    await workbench.screenshot('frozen-extension-host');
  });
});
