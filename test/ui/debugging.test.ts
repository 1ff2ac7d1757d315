import assert from 'node:assert/strict';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';
import { inRepository } from '../support/vscode/server';
import { startWorkbench, type Workbench } from './driver';
import { forkAs, startAs } from './programs';
import { entry, fill, quickInput } from './quickInput';
import { reloadWindow } from './reloadWindow';
import { ProcessesTree, TargetsTree } from './tree';

/** Nobody else's. */
const seconds = `120.${process.pid}`;
const program = '${workspaceFolder}/leaver.cjs';
const launch = {
  version: '0.2.0',
  configurations: [{ type: 'node', request: 'launch', name: 'Leaver', program, args: [seconds] }],
};

/** Numbers of the processes with that very command line that run. */
function running(...args: string[]): number[] {
  const wanted = `${args.join('\0')}\0`;
  return procfs.pids().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'latin1') === wanted;
    } catch {
      return false; // it has ended
    }
  });
}

const left = () => running('sleep', String(Number(seconds)));

/** VS Code's own JavaScript debugger, and a program that leaves two processes behind. */
describe('the end of a debug session', () => {
  let workbench: Workbench;
  let folder: string;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pidfd-debugging-'));
    mkdirSync(join(folder, '.vscode'));
    writeFileSync(join(folder, '.vscode/launch.json'), JSON.stringify(launch));
    copyFileSync(inRepository('test/fixtures/leaver.cjs'), join(folder, 'leaver.cjs'));
    workbench = await startWorkbench({ folder });
    await workbench.openView('Processes');
  });

  after(async () => {
    await workbench?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const offered = /^"Leaver.*" has ended, but 2 of its processes still run: sleep \(pid/;

  const button = (name: string) => workbench.page.getByRole('button', { name, exact: true });

  const allGone = () => eventually('both have ended', () => left().length === 0, 10_000);

  it('offers to stop what is left of a launch configuration that a wait started', async () => {
    const processes = new ProcessesTree(workbench);
    const targets = new TargetsTree(workbench);
    const shop = await startAs('shop', '--mark=launch');
    const worker = await forkAs(shop, 'worker', '--mark=launch');
    await processes.filter('--mark=launch');
    await processes.openMenu(worker.pid, 'Wait');
    await processes.openSubmenu('Wait', 'Wait for Exit, Then...');
    await workbench.screenshot('row-menu');
    await processes.take('Wait for Exit, Then...');
    await entry(workbench, 'Start a Launch Configuration...').click();
    await entry(workbench, 'Leaver').click();
    await targets.row(worker.pid).getByText('then: launch Leaver').waitFor();
    await workbench.screenshot('wait-then');
    worker.exit(0);
    await shop.reap(worker);
    await workbench.toast(offered).waitFor({ timeout: 30_000 });
    assert.equal(left().length, 2);
    await workbench.screenshot('left-over');
    await button('Stop 2 Left Over').click();
    await allGone();
    await workbench.toast(/^All have ended: 2 killed/).waitFor();
    await workbench.command('Notifications: Clear All Notifications');
  });

  it('shows what F5 left, and stops what is chosen', async () => {
    await workbench.page.keyboard.press('F5');
    await workbench.toast(offered).waitFor({ timeout: 30_000 });
    assert.equal(left().length, 2);
    await button('Show').click();
    const list = quickInput(workbench);
    await list.getByText('sleep').first().waitFor();
    await workbench.screenshot('left-over-shown');
    await list.getByRole('button', { name: 'OK' }).click();
    await allGone();
  });

  it('lets what Run and Attach has started run on over a reload of the window', async () => {
    const log = join(folder, 'beats');
    const script = join(folder, 'beat.cjs');
    const beat = `require('fs').appendFileSync(${JSON.stringify(log)}, process.pid + '\\n')`;
    writeFileSync(script, `setInterval(() => ${beat}, 100);\n`);
    const beats = () => (existsSync(log) ? readFileSync(log, 'utf8').trim().split('\n') : []);
    await workbench.command('Run and Attach');
    await fill(workbench, `${process.execPath} ${script}`, 'Run and Attach');
    await entry(workbench, script).click();
    const onward = workbench.page
      .locator('.debug-toolbar')
      .getByRole('button', { name: 'Continue' });
    await onward.click({ timeout: 30_000 }); // it stands in its first line
    await eventually('it runs', () => beats().length > 0, 10_000);
    await reloadWindow(workbench, []);
    const before = beats().length;
    await eventually('it runs on', () => beats().length > before + 3, 10_000);
    assert.equal(new Set(beats()).size, 1, 'the same process');
    process.kill(Number(beats()[0]), 'SIGKILL'); // it beats: its number is its own
  });
});
