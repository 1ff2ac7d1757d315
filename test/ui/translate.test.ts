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

  /** From that namespace to ours. */
  const askFor = async (numbers: string, initPid: number) => {
    await workbench.command('Pidfd: Translate PID...');
    await fill(workbench, numbers, 'A process number as a container');
    await workbench.page.keyboard.press('Enter');
    await quickInput(workbench).getByPlaceholder('From: where').waitFor();
    await entry(workbench, `init is pid ${initPid} here`).waitFor();
    await workbench.screenshot('translate-namespaces');
    await entry(workbench, `init is pid ${initPid} here`).click();
    await quickInput(workbench).getByPlaceholder('To: where').waitFor();
    await entry(workbench, 'This PID namespace').click();
    await quickInput(workbench).getByPlaceholder('Choose a number to copy it').waitFor();
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
    await askFor(String(inner.nsPid), init.pid);
    const answer = entry(workbench, `${inner.nsPid} → ${inner.pid}`);
    await answer.getByText('cellarman').waitFor();
    const title = '"Namespace of cellar" is inside "This PID namespace"';
    await quickInput(workbench).getByText(title).waitFor();
    await workbench.screenshot('translate-found');
    await entry(workbench, 'Reveal in Processes').click();
    await tree.row(inner.pid).waitFor();
    assert.equal(await tree.row(inner.pid).getAttribute('aria-selected'), 'true');
    await workbench.screenshot('revealed');
  });

  it('copies either number', async function () {
    const { init, inner } = await nest(this);
    const status = (text: string) => workbench.page.locator('.statusbar').getByText(text);
    await askFor(String(inner.nsPid), init.pid);
    await entry(workbench, `${inner.nsPid} → ${inner.pid}`).click();
    await status(`Copied ${inner.pid}`).waitFor();
    await askFor(String(inner.nsPid), init.pid);
    await entry(workbench, `Copy ${inner.nsPid}`).click();
    await status(`Copied ${inner.nsPid}`).waitFor();
  });

  it('translates several at once, and says of each that has none why', async function () {
    const { init, inner } = await nest(this);
    const thread = await inner.askNumber('thread');
    await askFor(`1, ${inner.nsPid} ${thread} 4711`, init.pid);
    const labels = quickInput(workbench).locator('.quick-input-list-row:first-child .label-name');
    const tid = procfs.threads(inner.pid).find((each) => each !== inner.pid);
    const expected = [
      `1 → ${init.pid}`,
      `${inner.nsPid} → ${inner.pid}`,
      `${thread} → ${tid} (thread)`,
      '4711 → no such process',
      'Copy All',
    ];
    assert.deepEqual(await labels.allTextContents(), expected);
    await workbench.screenshot('translate-several');
    await workbench.page.keyboard.press('Escape');
  });

  it("shows a namespace's own tree in a document", async function () {
    const { init, inner } = await nest(this);
    await workbench.command("Pidfd: Show a Namespace's Own Tree...");
    await entry(workbench, `init is pid ${init.pid} here`).click();
    const lines = workbench.page.locator('.monaco-editor .view-lines');
    await lines.getByText('as its own init sees it').waitFor();
    const [, , number] = procfs.numbers(inner.pid);
    const text = (await lines.locator('.view-line').allTextContents()).map((line) =>
      line.trim().split(/\s+/u).slice(0, 2),
    );
    for (const row of [
      ['1', String(init.pid)],
      [String(number), String(inner.pid)],
    ]) {
      assert.ok(
        text.some((words) => words.join() === row.join()),
        row.join(),
      );
    }
    await workbench.screenshot('own-tree');
  });

  it('asks for whole numbers', async () => {
    await workbench.command('Pidfd: Translate PID...');
    await enter(workbench, 'seven');
    await quickInput(workbench).getByText('Whole numbers above 0, please.').waitFor();
    await workbench.screenshot('translate-no-number');
    await workbench.page.keyboard.press('Escape');
  });
});
