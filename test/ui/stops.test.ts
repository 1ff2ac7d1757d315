import assert from 'node:assert/strict';
import { type Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';
import { startWorkbench, type Workbench } from './driver';
import { forkAs, startAs } from './programs';
import { answer, dialog } from './quickInput';
import { ProcessesTree, TargetsTree } from './tree';

const SIGTERM = 15;
const SIGKILL = 9;

/** Nothing here may end because the time is up: it ends by SIGTERM, or because a person says so. */
const sequence = [
  { signal: 'SIGTERM', waitMs: 60_000 },
  { signal: 'SIGKILL', waitMs: 1000 },
];

const isGone = (pid: number) => procfs.stat(pid) === null;
const started = /\d\d:\d\d:\d\d/.source;

describe('stopping', () => {
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

  const draw = async (...actors: readonly Actor[]) => {
    await processes.filter(mark);
    for (const { pid } of actors) await processes.row(pid).waitFor();
  };

  /** A question with that first line. */
  const question = (text: string) => dialog(workbench).getByText(new RegExp(`^${text}\\?$`));

  describe('gracefully', () => {
    let worker: Actor;

    beforeEach(async () => {
      worker = await forkAs(shop, 'worker', mark);
    });

    const begin = async () => {
      await draw(worker);
      await processes.choose(worker.pid, 'Stop Gracefully');
      await question(`Stop worker \\(pid ${worker.pid}, started ${started}\\)`).waitFor();
    };

    /** Until its countdown runs. */
    const beginOnStubborn = async () => {
      await worker.ask('ignore', SIGTERM);
      await begin();
      await answer(workbench, 'Stop Gracefully');
      await workbench.toast(`Stopping worker (pid ${worker.pid})`).waitFor();
      await targets.row(worker.pid).getByText('being stopped').waitFor();
    };

    it('tells how a process ended that handles SIGTERM', async () => {
      await worker.ask('exitOn', SIGTERM, 3);
      await begin();
      await dialog(workbench).getByText('It gets SIGTERM, after 1 min SIGKILL.').waitFor();
      await workbench.screenshot('stop-question');
      await answer(workbench, 'Stop Gracefully');
      assert.equal(await shop.reap(worker), 3 << 8);
      await workbench.toast(new RegExp(`pid ${worker.pid}\\) exited with code 3`)).waitFor();
      await targets.row(worker.pid).getByText('exited with code 3').waitFor();
      await workbench.screenshot('stop-ended');
    });

    it('kills one that ignores SIGTERM when Kill Now of its target is clicked', async () => {
      await beginOnStubborn();
      await workbench.toast(/: SIGTERM sent, SIGKILL in \d+ s$/).waitFor();
      await workbench.screenshot('stop-countdown');
      await targets.clickInline(worker.pid, 'Kill Now');
      assert.equal(await shop.reap(worker), SIGKILL);
      await workbench.toast(new RegExp(`pid ${worker.pid}\\) was killed by SIGKILL`)).waitFor();
      await targets.row(worker.pid).getByText('killed by SIGKILL').waitFor();
      await workbench.screenshot('stop-killed-now');
    });

    it('lets one live when its countdown is cancelled', async () => {
      await beginOnStubborn();
      await targets.clickInline(worker.pid, 'Cancel Stopping');
      await workbench.toast(`worker (pid ${worker.pid}) is let live`).waitFor();
      await targets.row(worker.pid).waitFor({ state: 'detached' });
      await workbench.screenshot('stop-cancelled');
      assert.equal(await worker.askNumber('pid'), worker.pid);
    });
  });

  describe('a whole tree', () => {
    /** A parent with two children, of which one has a child. The test's shop inherits those that lose their parent. */
    const grow = async () => {
      await shop.ask('subreaper');
      const boss = await forkAs(shop, 'boss', mark);
      const worker = await forkAs(boss, 'worker', mark);
      const members = [boss, worker, await forkAs(boss, 'clerk', mark)];
      members.push(await forkAs(worker, 'helper', mark));
      for (const member of members) await member.ask('survive');
      return members;
    };

    const ask = async (boss: Actor, others: number) => {
      await processes.choose(boss.pid, 'Stop Whole Tree...');
      const whom = `boss \\(pid ${boss.pid}, started ${started}\\)`;
      await question(`Stop ${whom} and its ${others} descendants`).waitFor();
    };

    const areNamed = (members: readonly Actor[], text: string | null) => {
      for (const { pid } of members) assert.match(text ?? '', new RegExp(`\\(pid ${pid}, started`));
    };

    it('ends all of it, and reports on each', async () => {
      const members = await grow();
      await draw(...members);
      await ask(members[0]!, members.length - 1);
      areNamed(members, await dialog(workbench).textContent());
      await workbench.screenshot('stop-tree-question');
      await answer(workbench, 'Stop Whole Tree');
      await shop.ask('harvest');
      assert.ok(members.every(({ pid }) => isGone(pid)));
      assert.ok(!isGone(shop.pid));
      await workbench.toast(new RegExp(`^Tree of boss .*: ${members.length} ended`)).waitFor();
      await workbench.screenshot('stop-tree-summary');
      await openReport(members);
    });

    const openReport = async (members: readonly Actor[]) => {
      await workbench.page.getByRole('button', { name: 'Show Report' }).click();
      const report = workbench.webview();
      await report.getByRole('heading', { name: 'The tree of boss' }).waitFor();
      assert.equal(await report.locator('tbody tr').count(), members.length);
      areNamed(members, await report.locator('tbody').textContent());
      await workbench.screenshot('stop-tree-report');
      await workbench.command('View: Close All Editors');
    };
  });

  describe('several that are selected', () => {
    const select = async (members: readonly Actor[]) => {
      for (const { pid } of members) {
        await processes.row(pid).click({ modifiers: ['Control'] });
      }
      await eventually('selected', async () => (await selected().count()) === members.length);
    };

    const selected = () => processes.pane.locator('[role=treeitem][aria-selected=true]');

    it('takes one question and gives one summary', async () => {
      const members = [];
      for (const name of ['anvil', 'brick', 'crane']) members.push(await forkAs(shop, name, mark));
      await draw(...members);
      await select(members);
      await processes.choose(members[1]!.pid, 'Terminate');
      await question(`Terminate these ${members.length} processes`).waitFor();
      await workbench.screenshot('terminate-several-question');
      await answer(workbench, 'Terminate');
      for (const member of members) assert.equal(await shop.reap(member), SIGTERM);
      assert.ok(members.every(({ pid }) => isGone(pid)));
      await isToldOnce(`SIGTERM: ${members.length} sent`);
    });

    const isToldOnce = async (summary: string) => {
      await workbench.page.getByText(summary).first().waitFor();
      await workbench.screenshot('terminate-several-summary');
      assert.equal(
        await workbench.page.locator('.statusbar-item', { hasText: summary }).count(),
        1,
      );
      assert.equal(await dialog(workbench).count(), 0);
      assert.equal(await workbench.page.locator('.notification-toast').count(), 0);
    };
  });
});
