import assert from 'node:assert/strict';
import type { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';
import { startWorkbench, type Workbench } from './driver';
import { heldBy } from './heldBy';
import { nativeHost } from './nativeHost';
import { forkAs, startAs } from './programs';
import { reloadWindow, untilStored } from './reloadWindow';
import { answer, dialog, entry, fill } from './quickInput';
import { ProcessesTree, TargetsTree } from './tree';

const SIGTERM = 15;
/** Ends by what the test does, and by no clock. */
const sequence = [{ signal: 'SIGTERM', waitMs: 60_000 }];

/** Another native host than `before`. */
async function isHeldByAnother(pid: number, before: number): Promise<void> {
  const holds = () => {
    const other = nativeHost(before);
    return other !== undefined && heldBy(other).includes(pid);
  };
  await eventually('another native host holds it', holds, 30_000);
}

describe('a reload of the window', () => {
  let workbench: Workbench;
  let processes: ProcessesTree;
  let targets: TargetsTree;
  let shop: Actor;
  let mark: string;

  before(async () => {
    workbench = await startWorkbench({ settings: { 'pidfd.stopSequence': sequence } });
    processes = new ProcessesTree(workbench);
    targets = new TargetsTree(workbench);
    await workbench.openView('Processes');
  });

  beforeEach(async function () {
    mark = `--mark=${this.currentTest?.title.replace(/\W+/g, '-').slice(0, 30)}`;
    shop = await startAs('shop', mark);
  });

  afterEach(() => workbench?.command('Notifications: Clear All Notifications'));

  after(() => workbench?.stop());

  const begin = async (...names: string[]) => {
    const workers = [];
    for (const name of names) workers.push(await forkAs(shop, name, mark));
    await processes.filter(mark);
    for (const { pid } of workers) await processes.row(pid).waitFor();
    return workers;
  };

  const reload = (...stored: string[]) => reloadWindow(workbench, stored);

  const isHeldAgain = (pid: number, why: string) =>
    targets.row(pid).getByText(why).waitFor({ timeout: 30_000 });

  it('holds the same processes again, together as they were, and with what starts then', async () => {
    const [anvil, brick] = await begin('anvil', 'brick');
    for (const { pid } of [anvil!, brick!]) {
      await processes.row(pid).click({ modifiers: ['Control'] });
    }
    await processes.choose(anvil!.pid, 'Wait > Wait for Exit');
    await entry(workbench, 'All of them').click();
    await isHeldAgain(anvil!.pid, 'waiting since');
    await isHeldAgain(brick!.pid, 'waiting since');
    await reload('"until":"all"');
    await isHeldAgain(anvil!.pid, 'waiting since');
    await isHeldAgain(brick!.pid, 'waiting since');
    await workbench.screenshot('reload-held-again');
    anvil!.exit(0);
    await shop.reap(anvil!);
    await targets.row(anvil!.pid).getByText('exited with code 0').waitFor();
    assert.deepEqual(await workbench.toast(/exited with code/).allTextContents(), []);
    brick!.exit(1);
    await shop.reap(brick!);
    await workbench.toast('All have ended: 1 with code 0, 1 with another code').waitFor();
  });

  it('tells of a countdown that it interrupts, and lets that be begun again', async () => {
    const [worker] = await begin('worker');
    await worker!.ask('ignore', SIGTERM);
    await processes.choose(worker!.pid, 'Stop Gracefully');
    await answer(workbench, 'Stop Gracefully');
    await targets.row(worker!.pid).getByText('being stopped').waitFor();
    await reload('stops.running', `"pid":${worker!.pid}`);
    const told = new RegExp(`^Stopping worker \\(pid ${worker!.pid}\\) was interrupted`);
    await workbench.toast(told).waitFor({ timeout: 30_000 });
    await isHeldAgain(worker!.pid, 'waiting since');
    await workbench.screenshot('reload-interrupted');
    assert.equal(await worker!.askNumber('pid'), worker!.pid);
    await worker!.ask('exitOn', SIGTERM, 3);
    await workbench.page.getByRole('button', { name: 'Stop Gracefully' }).click();
    await dialog(workbench).getByText(`Stop worker (pid ${worker!.pid}`).waitFor();
    await answer(workbench, 'Stop Gracefully');
    assert.equal(await shop.reap(worker!), 3 << 8);
  });

  it('is not even needed where the extension host dies', async () => {
    const [worker] = await begin('worker');
    await processes.choose(worker!.pid, 'Wait > Wait for Exit');
    await isHeldAgain(worker!.pid, 'waiting since');
    await untilStored(workbench, ['targets.open', `"pid":${worker!.pid}`]);
    const host = nativeHost();
    process.kill(procfs.stat(host)?.ppid ?? 0, 'SIGKILL'); // the extension host, below our own server
    await eventually('the native host ends', () => procfs.stat(host) === null, 10_000);
    await isHeldByAnother(worker!.pid, host);
    worker!.exit(3);
    await shop.reap(worker!);
    await targets.row(worker!.pid).getByText('exited with code 3').waitFor({ timeout: 30_000 });
    await workbench.screenshot('reload-extension-host');
  });

  it('holds again with none of the views open', async () => {
    const [worker] = await begin('worker');
    await processes.choose(worker!.pid, 'Wait > Wait for Exit');
    await isHeldAgain(worker!.pid, 'waiting since');
    const host = nativeHost();
    await workbench.openView('Explorer');
    await reload('targets.open', `"pid":${worker!.pid}`);
    await isHeldByAnother(worker!.pid, host);
    worker!.exit(3);
    await shop.reap(worker!);
    await workbench.toast(/exited with code 3/).waitFor();
    await workbench.screenshot('reload-no-view');
    await workbench.openView('Processes');
  });

  it('keeps what a wait starts, until that is taken back', async () => {
    const [worker] = await begin('worker');
    await processes.choose(worker!.pid, 'Wait > Wait for Exit, Then...');
    await entry(workbench, 'Run a Command...').click();
    await entry(workbench, '.').waitFor(); // the list has come
    await fill(workbench, 'workbench.action.toggleZenMode');
    await entry(workbench, 'workbench.action.toggleZenMode').click();
    const then = 'then: command workbench.action.toggleZenMode';
    await isHeldAgain(worker!.pid, then);
    await reload('toggleZenMode');
    await isHeldAgain(worker!.pid, then);
    await targets.choose(worker!.pid, 'Start Nothing Afterwards');
    await targets.row(worker!.pid).getByText(then).waitFor({ state: 'detached' });
    worker!.exit(0);
    await shop.reap(worker!);
    await workbench.toast(new RegExp(`pid ${worker!.pid}\\) exited with code 0`)).waitFor();
  });
});
