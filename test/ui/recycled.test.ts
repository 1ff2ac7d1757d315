import assert from 'node:assert/strict';
import { type Actor } from '../support/actor';
import { pidReuse } from '../support/pidReuse';
import { startWorkbench, type Workbench } from './driver';
import { nativeHost } from './nativeHost';
import { startAs } from './programs';
import { answer, dialog, entry, fill } from './quickInput';
import { ProcessesTree } from './tree';

describe('a number that was recycled behind the user’s back', () => {
  let workbench: Workbench;
  let tree: ProcessesTree;
  let shop: Actor;

  before(async () => {
    workbench = await startWorkbench();
    tree = new ProcessesTree(workbench);
    await workbench.openView('Processes');
  });

  beforeEach(async () => {
    shop = await startAs('shop');
  });

  after(() => workbench?.stop());

  const draw = async (victim: Actor) => {
    await workbench.page.keyboard.press('Escape'); // what an attempt before this one has left open
    await victim.ask('comm', 'victim');
    await tree.filter(String(victim.pid));
    await tree.row(victim.pid).waitFor();
  };

  /** Refused in a sentence that names the process; the one that has its number now has felt nothing. */
  const isRefused = async (impostor: Actor, named: string) => {
    await workbench.toast(`${named} has ended. No process was touched.`).waitFor();
    await workbench.screenshot(`refused-${named.startsWith('victim') ? 'row' : 'typed'}`);
    assert.equal(await impostor.askNumber('pid'), impostor.pid);
    await workbench.command('Notifications: Clear All Notifications');
  };

  it('is refused while the question is on screen', async function () {
    await pidReuse.recycle(
      this,
      shop,
      async (victim) => {
        await draw(victim);
        await tree.choose(victim.pid, 'Terminate');
        await dialog(workbench).getByText(`Terminate victim (pid ${victim.pid}`).waitFor();
      },
      async (impostor) => {
        await answer(workbench, 'Terminate');
        await isRefused(impostor, `victim (pid ${impostor.pid})`);
      },
    );
  });

  it('is refused on a row that still looks alive, because the native host could not tell', async function () {
    await pidReuse.recycle(
      this,
      shop,
      async (victim) => {
        await draw(victim);
        process.kill(nativeHost(), 'SIGSTOP');
      },
      async (impostor) => {
        await tree.choose(impostor.pid, 'Pause');
        process.kill(nativeHost(), 'SIGCONT');
        await isRefused(impostor, `victim (pid ${impostor.pid})`);
      },
    );
  });

  it('is refused when its old PID:INODE is typed', async function () {
    await pidReuse.recycle(
      this,
      shop,
      (victim) => shop.askNumber('inode', victim.pid),
      async (impostor, inode) => {
        await workbench.command('Pidfd: Kill Process...');
        await entry(workbench, 'started').waitFor();
        await fill(workbench, `${impostor.pid}:${inode}`);
        await entry(workbench, `The process ${impostor.pid}:${inode}`).click();
        await isRefused(impostor, `The process ${impostor.pid}:${inode}`);
      },
    );
  });
});
