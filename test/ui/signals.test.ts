import assert from 'node:assert/strict';
import { type Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';
import { startWorkbench, type Workbench } from './driver';
import { forkAs, startAs } from './programs';
import { answer, dialog, entry, fill, quickInput } from './quickInput';
import { ProcessesTree } from './tree';

const SIGUSR1 = 10;
const SIGUSR2 = 12;
const SIGTERM = 15;

const state = (pid: number) => procfs.stat(pid)?.state;
const hasFelt = async (actor: Actor, count: number) =>
  eventually(`${count} signals`, async () => (await actor.askNumber('felt')) === count);

/** The wait status that its parent collects: for a signal its number, no core. */
const endOf = (parent: Actor, child: Actor) => parent.reap(child);

describe('signals', () => {
  let workbench: Workbench;
  let tree: ProcessesTree;
  let shop: Actor;
  let worker: Actor;

  before(async () => {
    workbench = await startWorkbench();
    tree = new ProcessesTree(workbench);
    await workbench.openView('Processes');
  });

  beforeEach(async function () {
    const mark = `--mark=${this.currentTest?.title.replace(/\W+/g, '-').slice(0, 40)}`;
    shop = await startAs('shop', mark);
    worker = await forkAs(shop, 'worker', mark);
    await tree.filter(mark);
    await tree.row(worker.pid).waitFor();
  });

  after(() => workbench?.stop());

  const isUnharmed = async () => {
    assert.equal(await worker.askNumber('felt'), 0);
    assert.match(state(worker.pid) ?? '', /[RS]/);
  };

  it('reach a program that handles them, by Send Signal of its row', async () => {
    await worker.ask('handle', SIGUSR1);
    await tree.choose(worker.pid, 'Send Signal...');
    await fill(workbench, 'SIGUSR1');
    await entry(workbench, 'SIGUSR1').waitFor();
    await workbench.screenshot('signal-list');
    await workbench.page.keyboard.press('Enter');
    await hasFelt(worker, 1);
    await workbench.page.getByText(`SIGUSR1 sent to worker (pid ${worker.pid})`).waitFor();
    await workbench.screenshot('signal-sent');
  });

  /** What the last recorded signal brought along, and the thread that took it. */
  const recorded = async () => (await worker.ask('recorded')).slice(3).map(Number);

  it('carry a value', async () => {
    await worker.ask('record', SIGUSR1);
    await tree.choose(worker.pid, 'Send Signal...');
    await fill(workbench, 'SIGUSR1');
    await entry(workbench, 'SIGUSR1').hover();
    await entry(workbench, 'SIGUSR1').getByRole('button', { name: 'With Value...' }).click();
    await fill(workbench, '42', 'SIGUSR1 with Value');
    await workbench.screenshot('signal-value');
    await workbench.page.keyboard.press('Enter');
    await hasFelt(worker, 1);
    assert.equal((await recorded())[0], 42);
  });

  it('reach the one thread that is chosen', async () => {
    const tid = await worker.askNumber('thread');
    await worker.ask('record', SIGUSR1);
    await tree.choose(worker.pid, 'Send Signal...');
    await entry(workbench, 'SIGHUP').waitFor();
    await quickInput(workbench).getByRole('button', { name: 'Thread or Group...' }).click();
    await entry(workbench, String(tid)).waitFor();
    await workbench.screenshot('signal-thread');
    await entry(workbench, String(tid)).click();
    await quickInput(workbench).getByPlaceholder(`Signal for thread ${tid}`).waitFor();
    await fill(workbench, 'SIGUSR1');
    await entry(workbench, 'SIGUSR1').waitFor();
    await workbench.page.keyboard.press('Enter');
    await hasFelt(worker, 1);
    assert.equal((await recorded())[1], tid);
  });

  it('are not sent when the question is cancelled', async () => {
    await worker.ask('handle', SIGTERM);
    await tree.choose(worker.pid, 'Terminate');
    const started = /\d\d:\d\d:\d\d/.source;
    const question = new RegExp(
      `^Terminate worker \\(pid ${worker.pid}, started ${started}\\)\\?$`,
    );
    await dialog(workbench).getByText(question).waitFor();
    await workbench.screenshot('terminate-question');
    await answer(workbench, 'Cancel');
    await isUnharmed();
  });

  it('end a process by Terminate, when it is confirmed', async () => {
    await tree.clickInline(worker.pid, 'Terminate');
    await answer(workbench, 'Terminate');
    assert.equal(await endOf(shop, worker), SIGTERM);
    assert.notEqual(state(shop.pid), undefined);
  });

  it('end a process by Kill, when it is confirmed', async () => {
    await tree.choose(worker.pid, 'Kill');
    await dialog(workbench).getByText(`Kill worker (pid ${worker.pid}`).waitFor();
    await answer(workbench, 'Kill');
    assert.equal(await endOf(shop, worker), 9);
  });

  it('pause a process and let it continue', async () => {
    await tree.clickInline(worker.pid, 'Pause');
    await tree.row(worker.pid).getByText(`${worker.pid} · stopped`).waitFor();
    assert.equal(state(worker.pid), 'T');
    await tree.row(worker.pid).hover();
    await workbench.screenshot('stopped-row');
    await tree.clickInline(worker.pid, 'Continue');
    await tree.row(worker.pid).getByText('stopped').waitFor({ state: 'detached' });
    await eventually('going on', () => state(worker.pid) === 'S');
  });

  describe('from the palette', () => {
    const pick = async (command: string, typed: string) => {
      await workbench.command(command);
      await entry(workbench, 'started').waitFor(); // the list has come
      await fill(workbench, typed);
    };

    it('go to the process whose number was typed', async () => {
      await worker.ask('handle', SIGUSR2);
      await pick('Pidfd: Send Signal to Process...', String(worker.pid));
      await entry(workbench, `worker${worker.pid}`).waitFor();
      await workbench.screenshot('picker-pid');
      await workbench.page.keyboard.press('Enter');
      await quickInput(workbench)
        .getByPlaceholder(`Signal for worker (pid ${worker.pid})`)
        .waitFor();
      await fill(workbench, 'SIGUSR2');
      await entry(workbench, 'SIGUSR2').waitFor();
      await workbench.page.keyboard.press('Enter');
      await hasFelt(worker, 1);
    });

    it('go to the process whose PID:INODE was typed', async () => {
      await pick(
        'Pidfd: Kill Process...',
        `${worker.pid}:${await shop.askNumber('inode', worker.pid)}`,
      );
      await entry(workbench, `worker${worker.pid}`).waitFor();
      await workbench.page.keyboard.press('Enter');
      await dialog(workbench).getByText(`Kill worker (pid ${worker.pid}`).waitFor();
      await answer(workbench, 'Kill');
      assert.equal(await endOf(shop, worker), 9);
    });

    it('go nowhere when there is no such process', async () => {
      await pick('Pidfd: Kill Process...', '4194304');
      await entry(workbench, 'The process that has pid 4194304 now').click();
      await workbench.toast('There is no process with pid 4194304.').waitFor();
      await workbench.screenshot('no-such-process');
      await isUnharmed();
    });
  });
});
