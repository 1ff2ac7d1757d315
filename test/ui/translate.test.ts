import assert from 'node:assert/strict';
import { namespaces } from '../support/namespaces';
import { procfs } from '../support/procfs';
import { startWorkbench, type Workbench } from './driver';
import { enter, entry, fill, quickInput } from './quickInput';
import { ProcessesTree } from './tree';

describe('translating numbers', () => {
  let workbench: Workbench;
  let tree: ProcessesTree;

  before(async () => {
    workbench = await startWorkbench();
    tree = new ProcessesTree(workbench);
    await workbench.openView('Processes');
  });

  after(() => workbench?.stop());

  /** A process two PID namespaces further in; `init` is number 1 of the innermost. */
  const nest = async (context: Mocha.Context) => {
    const [, init] = await namespaces.nest(context, 2);
    assert.ok(init);
    await init.ask('comm', 'cellar');
    const inner = await init.fork();
    await inner.ask('comm', 'cellarman');
    return { init, inner };
  };

  const askFor = async (nsPid: number, initPid: number) => {
    await workbench.command('Pidfd: Translate PID...');
    await fill(workbench, String(nsPid), 'A process number as a container');
    await workbench.page.keyboard.press('Enter');
    await entry(workbench, `init is pid ${initPid} here`).waitFor();
    await workbench.screenshot('translate-namespaces');
    await entry(workbench, `init is pid ${initPid} here`).click();
  };

  it('lists the numbers of a row from the outermost namespace in', async function () {
    const { inner } = await nest(this);
    await tree.filter('cellarman');
    await tree.choose(inner.pid, 'Namespaces > Translate PID...');
    await entry(workbench, 'Reveal in Processes').waitFor();
    const labels = quickInput(workbench).locator('.quick-input-list-row:first-child .label-name');
    const numbers = procfs.numbers(inner.pid).map(String);
    assert.equal(numbers.length, 3);
    assert.deepEqual(await labels.allTextContents(), [...numbers, 'Reveal in Processes']);
    await workbench.screenshot('translate-row');
    await workbench.page.keyboard.press('Escape');
  });

  it('finds the process that has a number in a namespace, and shows it in the tree', async function () {
    const { init, inner } = await nest(this);
    await tree.filter('--mark=hides-everything');
    await askFor(inner.nsPid, init.pid);
    const who = `cellarman (pid ${inner.pid})`;
    await workbench.toast(who).waitFor();
    await workbench.screenshot('translate-found');
    await workbench.page.getByRole('button', { name: 'Reveal in Processes' }).click();
    await tree.row(inner.pid).waitFor();
    assert.equal(await tree.row(inner.pid).getAttribute('aria-selected'), 'true');
    await workbench.screenshot('revealed');
  });

  it('says when there is none', async function () {
    const { init } = await nest(this);
    await askFor(4711, init.pid);
    await workbench.toast(/No process has number 4711 in "Namespace of cellar"/).waitFor();
    await workbench.screenshot('translate-none');
  });

  it('asks for a whole number', async () => {
    await workbench.command('Pidfd: Translate PID...');
    await enter(workbench, 'seven');
    await quickInput(workbench).getByText('A whole number above 0, please.').waitFor();
    await workbench.screenshot('translate-no-number');
    await workbench.page.keyboard.press('Escape');
  });
});
