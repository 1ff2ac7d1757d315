import assert from 'node:assert/strict';
import { createServer, type AddressInfo } from 'node:net';
import { Actor } from '../support/actor';
import { namespaces } from '../support/namespaces';
import { startWorkbench, type Workbench } from './driver';
import { become, startAs } from './programs';
import { entry, fill, quickInput } from './quickInput';
import { TargetsTree } from './tree';

const question = 'Process to debug';

describe('picking a process to debug', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await startWorkbench();
    await workbench.openView('Processes');
  });

  after(() => workbench?.stop());
  afterEach(() => workbench.page.keyboard.press('Escape'));

  const open = () => workbench.command('Attach Debugger to Process...');
  const labels = () =>
    quickInput(workbench).locator('.quick-input-list-row:first-child .label-name');
  const rows = () => quickInput(workbench).locator('.monaco-list-row');
  const first = () => rows().first();
  /** In the list, whatever the order in the document. */
  const topmost = () => quickInput(workbench).locator('.monaco-list-row[data-index="0"]');

  it('tells twins apart by where they work', async () => {
    const [one, other] = [await startAs('shop', 'mark=twin'), await startAs('shop', 'mark=twin')];
    await one.ask('chdir', '/usr');
    await other.ask('chdir', '/var');
    await open();
    await fill(workbench, 'mark=twin', question);
    await entry(workbench, `${one.pid} ·`).getByText('in /usr').waitFor();
    await entry(workbench, `${other.pid} ·`).getByText('in /var').waitFor();
    await workbench.screenshot('pick-twins');
  });

  it('takes a number, a key, and a number of a PID namespace by its name', async function () {
    const [init] = await namespaces.nest(this, 1);
    assert.ok(init);
    await become(init, 'cellar', 'mark=inner');
    await open();
    await fill(workbench, String(init.pid), question);
    await first().getByText('cellar', { exact: true }).waitFor();
    await fill(workbench, 'cellar');
    await entry(workbench, `${init.pid} ·`)
      .getByText(/cellar:1/)
      .waitFor();
    await fill(workbench, 'cellar:1');
    await first().getByText(`${init.pid} ·`).waitFor();
    await workbench.screenshot('pick-container');
  });

  /** The list has the newest first; VS Code may have started something in the meantime. */
  async function listedFirst(): Promise<Actor> {
    const working = quickInput(workbench).locator('.monaco-progress-container.active');
    for (;;) {
      const newest = await startAs('shop', 'mark=newest');
      await newest.ask('chdir', '/usr');
      await open();
      await entry(workbench, `${newest.pid} ·`).getByText('in /usr').waitFor();
      await working.waitFor({ state: 'hidden' }); // nothing more is looked up, and nothing draws the list again
      if ((await topmost().innerText()).includes(`${newest.pid} ·`)) return newest;
      await workbench.page.keyboard.press('Escape');
    }
  }

  it('takes the key of the one that stands first already', async () => {
    const newest = await listedFirst();
    await fill(workbench, `${newest.pid}:${await newest.askNumber('inode', newest.pid)}`, question);
    await rows().nth(1).waitFor({ state: 'detached' });
    await first().getByText(`${newest.pid} ·`).waitFor();
    await workbench.screenshot('pick-key');
  });

  it('takes a port', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    try {
      await new Promise((resolve) => server.once('listening', resolve));
      const { port } = server.address() as AddressInfo;
      await open();
      await fill(workbench, `:${port}`, question);
      await first().getByText(`${process.pid} ·`).waitFor();
      await first().getByText(`:${port}`).waitFor();
      await workbench.screenshot('pick-port');
    } finally {
      server.close();
    }
  });

  it('says of the one under the cursor when no debugger can attach, and why', async () => {
    const parent = await Actor.start();
    const zombie = await parent.fork();
    await zombie.ask('comm', 'mark=zombie');
    zombie.exit(0);
    await open();
    await fill(workbench, String(zombie.pid), question);
    await first()
      .getByText(/no debugger can attach/)
      .waitFor();
    await workbench.screenshot('pick-refused');
    assert.ok((await labels().count()) >= 1);
  });

  it('takes several to wait for, ticked and typed', async () => {
    const [one, other] = [await startAs('shop', 'mark=some'), await startAs('shop', 'mark=some')];
    await workbench.command('Wait for Exit of Process...');
    await fill(workbench, 'mark=some', 'Processes to wait for');
    await entry(workbench, `${one.pid} ·`).click();
    await fill(workbench, String(other.pid)); // what is ticked stays
    await entry(workbench, `${other.pid} ·`).waitFor();
    await entry(workbench, `${one.pid} ·`).waitFor();
    await workbench.screenshot('pick-several');
    await workbench.page.keyboard.press('Enter');
    await entry(workbench, 'All of them').click();
    const targets = new TargetsTree(workbench);
    await targets.row(one.pid).getByText('waiting since').waitFor();
    await targets.row(other.pid).getByText('waiting since').waitFor();
    one.exit(0);
    other.exit(3);
    await workbench.toast(/All have ended: 1 with code 0, 1 with another code/).waitFor();
  });
});
