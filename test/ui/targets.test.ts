import assert from 'node:assert/strict';
import { eventually } from '../support/eventually';
import { heldBy } from './heldBy';
import { startWorkbench, type Workbench } from './driver';
import { nativeHost } from './nativeHost';
import { forkAs, startAs } from './programs';
import { ProcessesTree, TargetsTree } from './tree';

describe('waiting for the end of a process', () => {
  let workbench: Workbench;
  let processes: ProcessesTree;
  let targets: TargetsTree;

  before(async () => {
    workbench = await startWorkbench();
    processes = new ProcessesTree(workbench);
    targets = new TargetsTree(workbench);
    await workbench.openView('Processes');
  });

  after(() => workbench?.stop());

  /** Somebody else's child is waited for. */
  const wait = async (mark: string) => {
    const shop = await startAs('shop', mark);
    const worker = await forkAs(shop, 'worker', mark);
    await processes.filter(mark);
    await processes.choose(worker.pid, 'Wait > Wait for Exit');
    await targets.row(worker.pid).getByText('waiting since').waitFor();
    return { shop, worker };
  };

  const clearFinished = async () => {
    await targets.clickTitle('Clear Finished Targets');
    await targets.pane.getByText('Nothing is being waited for.').waitFor();
  };

  it('says what to do while there is nothing to wait for', async () => {
    await targets.pane.getByText('Nothing is being waited for.').waitFor();
    const text = (await targets.pane.locator('.welcome-view').textContent()) ?? '';
    assert.doesNotMatch(text, /\*/); // a welcome text knows links and no other Markdown
    await targets.pane.getByRole('button', { name: 'Wait for Exit of Process...' }).waitFor();
    await workbench.screenshot('targets-welcome');
  });

  it('tells the exit code of a process that is nobody’s here', async () => {
    const { shop, worker } = await wait('--mark=code');
    await workbench.screenshot('target-waiting');
    worker.exit(7);
    await targets.row(worker.pid).getByText('not yet collected by shop').waitFor();
    await workbench.screenshot('target-not-collected');
    await shop.reap(worker);
    const told = new RegExp(`worker \\(pid ${worker.pid}\\) exited with code 7`);
    await workbench.toast(told).waitFor();
    await targets.row(worker.pid).getByText('exited with code 7').waitFor();
    await workbench.screenshot('target-exited');
    await clearFinished();
  });

  it('tells the signal that killed it', async () => {
    const { shop, worker } = await wait('--mark=signal');
    worker.raise('SIGKILL');
    await shop.reap(worker);
    await workbench.toast(new RegExp(`pid ${worker.pid}\\) was killed by SIGKILL`)).waitFor();
    await targets.row(worker.pid).getByText('killed by SIGKILL').waitFor();
    await clearFinished();
  });

  it('can be given up', async () => {
    const { worker } = await wait('--mark=given-up');
    assert.ok(heldBy(nativeHost()).includes(worker.pid));
    await targets.clickInline(worker.pid, 'Stop Waiting');
    await targets.row(worker.pid).waitFor({ state: 'detached' });
    await eventually('let go', () => !heldBy(nativeHost()).includes(worker.pid));
  });

  it('goes on when the native host was killed', async () => {
    const { shop, worker } = await wait('--mark=killed-host');
    const before = nativeHost();
    process.kill(before, 'SIGKILL');
    const after = await eventually('another host', () => nativeHost(before), 15_000);
    await eventually('held again', () => heldBy(after).includes(worker.pid), 15_000);
    const late = await forkAs(shop, 'late', '--mark=killed-host');
    await processes.row(late.pid).waitFor();
    await targets.row(worker.pid).getByText('waiting since').waitFor();
    await workbench.screenshot('after-host-killed');
    worker.exit(3);
    await shop.reap(worker);
    await workbench.toast(/exited with code 3/).waitFor();
  });
});
