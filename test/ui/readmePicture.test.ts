import { copyFileSync } from 'node:fs';
import { Actor } from '../support/actor';
import { inRepository } from '../support/vscode/server';
import { startWorkbench, type Workbench } from './driver';
import { become, becomeNode, forkAs } from './programs';
import { ProcessesTree, TargetsTree } from './tree';

const config = ['--config', 'shop.toml'];
const width = 700;
/** Room for every row while the picture is composed, however many stand above ours on this machine. */
const viewport = { width: 1000, height: 1400 };
/** So high that one row, number 1, does not fit. */
const pictureViewport = { width: 1000, height: 536 };

describe('the picture in the README', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await startWorkbench({
      viewport,
      settings: { 'workbench.tree.enableStickyScroll': false },
    });
    await workbench.openView('Processes');
  });

  after(() => workbench?.stop());

  /** Below number 1, so that nothing of this machine stands above it. */
  const startShop = async () => {
    const shop = await become(await (await Actor.start()).orphan(), 'shop', ...config);
    await become(await shop.nest(), 'database', ...config);
    await becomeNode(await shop.fork(), ...config, '--port', '8080');
    await forkAs(shop, 'gateway', ...config, '--listen', '0.0.0.0:443');
    const [orders, mail, migration] = [
      await forkAs(shop, 'worker', ...config, '--queue', 'orders'),
      await forkAs(shop, 'worker', ...config, '--queue', 'mail'),
      await forkAs(shop, 'migrate', ...config, '--to', '42'),
    ];
    for (const queue of ['invoices', 'images', 'search', 'reports']) {
      await forkAs(shop, 'worker', ...config, '--queue', queue);
    }
    return { shop, orders, mail, migration };
  };

  const widenSideBar = async () => {
    const bar = await workbench.page.locator('.part.sidebar').boundingBox();
    if (!bar) throw new Error('no side bar');
    const { mouse } = workbench.page;
    await mouse.move(bar.x + bar.width, viewport.height / 3);
    await mouse.down();
    await mouse.move(width, viewport.height / 3, { steps: 5 });
    await mouse.up();
  };

  it('shows a tree of processes and how some of them ended', async () => {
    const tree = new ProcessesTree(workbench);
    const targets = new TargetsTree(workbench);
    await widenSideBar();
    const { shop, orders, mail, migration } = await startShop();
    await tree.filter('shop.toml');
    for (const { pid } of [orders, mail, migration]) {
      await tree.choose(pid, 'Wait > Wait for Exit');
      await targets.row(pid).getByText('waiting since').waitFor();
    }
    migration.exit(7);
    await shop.reap(migration);
    orders.raise('SIGKILL');
    await shop.reap(orders);
    await targets.row(migration.pid).getByText('exited with code 7').waitFor();
    await targets.row(orders.pid).getByText('killed by SIGKILL').waitFor();
    await tree.choose(mail.pid, 'Pause');
    await tree.row(mail.pid).getByText('stopped').waitFor();
    await workbench.command('Notifications: Clear All Notifications');
    await tree.row(orders.pid).waitFor({ state: 'detached' });
    await workbench.page.setViewportSize(pictureViewport);
    const { mouse } = workbench.page;
    await mouse.move(width / 2, pictureViewport.height / 3);
    await mouse.wheel(0, 1000); // number 1 is another program on each machine
    await mouse.move(viewport.width - 100, pictureViewport.height / 2); // no row shows its buttons
    await tree.row(mail.pid).getByText('stopped').waitFor();
    await takePicture();
  });

  const takePicture = async () => {
    const path = inRepository('artifacts/ui/readme.png');
    await workbench.page.screenshot({ path, clip: { x: 0, y: 35, width, height: 425 } });
    if (process.env.UPDATE_SCREENSHOTS === '1') {
      copyFileSync(path, inRepository('media/screenshot.png'));
    }
  };
});
