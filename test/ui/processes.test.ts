import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';
import { skipBecause } from '../support/results';
import { startWorkbench, type Workbench } from './driver';
import { becomeNode, forkAs, startAs } from './programs';
import { patiently, soon } from './patiently';
import { entry } from './quickInput';
import { ProcessesTree } from './tree';

const nobody = 65534;

interface Shop {
  readonly shop: Actor;
  readonly worker: Actor;
  readonly server: Actor;
}

async function startShop(mark: string): Promise<Shop> {
  const shop = await startAs('shop', mark, '--config', '/etc/shop.conf');
  const worker = await forkAs(shop, 'worker', mark, '--queue', 'orders');
  return { shop, worker, server: await becomeNode(await shop.fork(), '--port=8080', mark) };
}

const level = async (row: Locator) => Number(await row.getAttribute('aria-level'));
const top = async (row: Locator) => (await row.boundingBox())?.y ?? NaN;

describe('the tree of processes', () => {
  let workbench: Workbench;
  let tree: ProcessesTree;

  before(async () => {
    workbench = await startWorkbench({ settings: { 'workbench.hover.delay': 50 } });
    tree = new ProcessesTree(workbench);
    await workbench.openView('Processes');
  });

  afterEach(() => workbench.page.setViewportSize({ width: 1400, height: 900 }));

  after(() => workbench?.stop());

  it('shows parents above their children, with name, number and arguments', async () => {
    const { shop, worker, server } = await startShop('--mark=parents');
    await tree.filter('--mark=parents');
    const [parent, ...below] = [shop, worker, server].map(({ pid }) => tree.row(pid));
    assert.ok(parent);
    for (const child of below) {
      assert.equal(await level(child), (await level(parent)) + 1);
      assert.ok((await top(child)) > (await top(parent)));
    }
    await tree.row(worker.pid).getByText('worker', { exact: true }).waitFor();
    await tree
      .row(worker.pid)
      .getByText(new RegExp(`^${worker.pid} · .*--mark=parents --queue`))
      .waitFor();
    await tree.row(server.pid).getByText('node', { exact: true }).waitFor();
    await workbench.screenshot('process-tree');
  });

  it('has an icon by kind', async () => {
    const { worker, server } = await startShop('--mark=icons');
    await tree.filter('--mark=icons');
    const icons = { [worker.pid]: 'gear', [server.pid]: 'symbol-method' };
    for (const [pid, icon] of Object.entries(icons)) {
      await tree.row(Number(pid)).locator(`.codicon-${icon}`).waitFor();
    }
  });

  it('goes from a row to its parent', async () => {
    const { shop, worker } = await startShop('--mark=parent');
    await tree.filter('--mark=parent');
    await tree.choose(worker.pid, 'Reveal Parent');
    await tree.row(shop.pid).and(workbench.page.locator('[aria-selected=true]')).waitFor();
  });

  it('closes and opens a row, and all rows', async () => {
    const { shop, worker } = await startShop('--mark=closes');
    await tree.filter('--mark=closes');
    await tree.row(shop.pid).click();
    await tree.row(worker.pid).waitFor({ state: 'detached' });
    await workbench.page.keyboard.press('ArrowRight');
    await tree.row(worker.pid).waitFor();
    await tree.clickTitle('Collapse All');
    await tree.row(shop.pid).waitFor({ state: 'detached' });
    await workbench.screenshot('collapsed');
  });

  it('takes in a new child, and keeps an ended one for a moment', async () => {
    const { shop, worker } = await startShop('--mark=comes');
    await tree.filter('--mark=comes');
    await tree.row(worker.pid).waitFor();
    const late = await forkAs(shop, 'late', '--mark=comes');
    await tree.row(late.pid).waitFor();
    late.exit(0);
    await shop.reap(late);
    await tree.row(late.pid).getByText(`${late.pid} · ended`).waitFor();
    await workbench.screenshot('ended-row');
    await tree.row(late.pid).waitFor({ state: 'detached' });
    assert.ok(await tree.row(worker.pid).isVisible());
  });

  it('keeps selection, expansion and scroll while processes come and go', async () => {
    const { shop, worker } = await startShop('--mark=stays');
    const inner = await forkAs(worker, 'inner', '--mark=stays');
    const crowd: Actor[] = [];
    for (let count = 0; count < 6; count++)
      crowd.push(await forkAs(shop, `helper${count}`, '--mark=stays'));
    await tree.filter('--mark=stays');
    await tree.row(inner.pid).waitFor();
    const selected = tree.row(worker.pid);
    await tree.select(selected);
    await tree.close(selected);
    await tree.row(inner.pid).waitFor({ state: 'detached' });
    await workbench.page.setViewportSize({ width: 1400, height: 600 }); // too low for all of them
    await selected.hover();
    const unscrolled = await top(selected);
    await workbench.page.mouse.wheel(0, 22);
    await eventually('it scrolls', async () => (await top(selected)) < unscrolled);
    const before = await top(selected);

    const late = await forkAs(shop, 'late', '--mark=stays');
    const below = await forkAs(worker, 'below', '--mark=stays');
    await tree.message(/: 12 of \d+ processes/).waitFor();
    below.exit(0);
    await worker.reap(below);
    late.exit(0);
    await shop.reap(late);
    await tree.message(/: 10 of \d+ processes/).waitFor();
    assert.equal(await selected.getAttribute('aria-selected'), 'true');
    assert.equal(await selected.getAttribute('aria-expanded'), 'false');
    assert.equal(await tree.row(inner.pid).count(), 0);
    assert.equal(await top(selected), before);
    await workbench.screenshot('stays');
  });

  it('tells more of a process when the pointer rests on it', async () => {
    const { shop, worker } = await startShop('--mark=tooltip');
    await worker.ask('chdir', '/usr');
    await tree.filter('--mark=tooltip');
    const tooltip = workbench.page.locator('.monaco-hover:visible');
    // A row that is new gets its colour a moment later, and VS Code forgets meanwhile that the pointer is on it.
    await patiently(async () => {
      await tree.row(shop.pid).hover();
      await tree.row(worker.pid).hover();
      await tooltip.getByText('worker --mark=tooltip --queue orders').waitFor(soon);
    });
    const text = (await tooltip.textContent()) ?? '';
    assert.match(text, /Executable: \S*\/actor/);
    assert.match(text, /Working directory: \/usr/);
    assert.match(text, new RegExp(`PID in each namespace: ${worker.pid}`));
    assert.match(text, new RegExp(`pid ${procfs.namespace(worker.pid, 'pid')}`));
    await workbench.screenshot('tooltip');
    await workbench.page.keyboard.press('Escape');
  });

  it('shows kernel threads when told to', async function () {
    const kthreadd = procfs.stat(2)?.comm;
    if (kthreadd !== 'kthreadd') skipBecause(this, 'kernel threads cannot be seen in a container');
    await tree.filter('kthreadd');
    await tree.message(/: 0 of/).waitFor();
    await tree.chooseTitle('Show Kernel Threads');
    await tree.row(2).locator('.codicon-circuit-board').waitFor();
    await tree.message(/: 1 of/).waitFor();
    await workbench.screenshot('kernel-threads');
    await tree.chooseTitle('Hide Kernel Threads');
    await tree.row(2).waitFor({ state: 'detached' });
  });

  it("leaves out other users' processes when told to", async function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root can become another user');
    const { shop, worker } = await startShop('--mark=users');
    await worker.ask('uid', nobody);
    await tree.filter('--mark=users');
    await tree.row(worker.pid).getByText('nobody').waitFor();
    await workbench.screenshot('other-user');
    await tree.chooseTitle("Hide Other Users' Processes");
    await tree.row(worker.pid).waitFor({ state: 'detached' });
    assert.ok(await tree.row(shop.pid).isVisible());
    await tree.chooseTitle("Show Other Users' Processes");
    await tree.row(worker.pid).waitFor();
  });

  describe('with a filter', () => {
    const found = async (text: string, { worker, server }: Shop) => {
      await tree.filter(text);
      await tree.message(/: 1 of \d+ processes/).waitFor();
      await tree.row(worker.pid).waitFor();
      assert.equal(await tree.row(server.pid).count(), 0);
    };

    it('finds by name, argument, number and regular expression', async () => {
      const shop = await startShop('--mark=finds');
      await shop.worker.ask('comm', 'pickandpack');
      await found('pickandpack', shop);
      await found('--mark=finds --queue', shop);
      await found(`/^${shop.worker.pid}$/`, shop);
      await found('/^pick.+PACK$/i', shop);
      await tree.filter(String(shop.worker.pid));
      await tree.row(shop.worker.pid).waitFor();
      await workbench.screenshot('filtered');
    });

    it('says what is wrong with a regular expression, and keeps the filter before', async () => {
      await tree.filter('--mark=before');
      await workbench.command('Pidfd: Filter Processes...');
      const question = workbench.page.locator('.quick-input-widget');
      await question.locator('input.input').first().fill('/shop(/');
      await question.getByText(/Unterminated group/).waitFor();
      await workbench.screenshot('bad-filter');
      await workbench.page.keyboard.press('Escape');
      await tree.message('"--mark=before"').waitFor();
    });

    it('refuses a regular expression that never ends, and keeps the filter before', async () => {
      await startAs('shop', '--mark=endless', `${'a'.repeat(60)}!`);
      await tree.filter('--mark=endless');
      await workbench.command('Pidfd: Filter Processes...');
      const question = workbench.page.locator('.quick-input-widget');
      await question.locator('input.input').first().fill('/(a+)+$/');
      await question.getByText(/takes too long on these processes/).waitFor();
      await workbench.screenshot('endless-filter');
      await workbench.page.keyboard.press('Escape');
      await tree.message('"--mark=endless"').waitFor();
    });

    it('is cleared by its button', async () => {
      await tree.filter('--mark=nothing');
      await tree.message(/^Filter "--mark=nothing": 0 of \d+ processes$/).waitFor();
      await tree.clickTitle('Clear Filter');
      await tree.message(/Filter/).waitFor({ state: 'hidden' });
      await tree.rows.first().waitFor();
      await workbench.screenshot('unfiltered');
    });
  });

  it('groups by what processes share', async () => {
    const { shop, worker, server } = await startShop('--mark=groups');
    await tree.filter('--mark=groups');
    await workbench.command('Pidfd: Group Processes...');
    await entry(workbench, 'By Executable').click();
    await tree.group(/node, 1 process/).waitFor();
    assert.equal(await level(tree.row(server.pid)), 2);
    assert.equal(await level(tree.row(worker.pid)), (await level(tree.row(shop.pid))) + 1);
    await workbench.screenshot('process-groups');
    await workbench.command('Pidfd: Group Processes...');
    await entry(workbench, 'By Parent').click();
    await tree.group(/node, 1 process/).waitFor({ state: 'detached' });
  });
});
