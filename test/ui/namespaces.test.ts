import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { namespaces } from '../support/namespaces';
import { OciBundle } from '../support/ociBundle';
import { procfs } from '../support/procfs';
import { Sandbox } from '../support/sandbox';
import { startWorkbench, type Workbench } from './driver';
import { othersIn } from './othersIn';
import { patiently, soon } from './patiently';
import { become } from './programs';
import { entry, fill, quickInput } from './quickInput';
import { NamespacesTree, ProcessesTree, TargetsTree } from './tree';

describe('the tree of namespaces', () => {
  let workbench: Workbench;
  let tree: NamespacesTree;

  before(async () => {
    workbench = await startWorkbench({ viewport: { width: 1400, height: 1300 } });
    await workbench.openView('Processes');
    tree = new NamespacesTree(workbench);
    await tree.expand();
    await new ProcessesTree(workbench).collapse();
    await new TargetsTree(workbench).collapse();
  });

  after(() => workbench?.stop());

  /** The PID namespace of a program; named by it once somebody has looked for a better name. */
  const place = (program: string) =>
    tree.place(new RegExp(`^(Unnamed, of )?${program}, (?!process)`));

  /** Number 1 of a PID namespace inside ours. */
  const nest = async (context: Mocha.Context, name: string): Promise<Actor> => {
    const [init] = await namespaces.nest(context, 1);
    assert.ok(init);
    return become(init, name, '--mark=inner');
  };

  /** On the process below its namespace, until what is asked then is there. */
  const ask = (program: string, pid: number, path: string, question: Locator) =>
    patiently(async () => {
      await tree.open(place(program));
      await tree.row(pid).waitFor(soon);
      await tree.choose(pid, path);
      await question.waitFor(soon);
    });

  it('shows a PID namespace inside ours, with the number there first', async function () {
    const inner = await nest(this, 'database');
    await tree.open(place('database'));
    await tree.row(inner.pid).getByText(`1 · ${inner.pid} here`).waitFor();
    await workbench.screenshot('namespaces');
  });

  it('tells of a process which namespaces are its own, and leads to each', async function () {
    const inner = await nest(this, 'archive');
    const differing = entry(workbench, 'not its parent’s · not ours');
    await ask('archive', inner.pid, 'Namespaces > Show Namespaces...', differing);
    await workbench.screenshot('namespaces-of-process');
    await entry(workbench, 'PID').click();
    await eventually(
      'the namespace is selected',
      async () => (await place('archive').getAttribute('aria-selected')) === 'true',
      15_000,
    );
  });

  it('opens a terminal in the namespaces of a process', async function () {
    const inner = await nest(this, 'cellar');
    const joining = quickInput(workbench).getByText('namespaces of cellar');
    await ask('cellar', inner.pid, 'Namespaces > Open Terminal Here...', joining);
    await workbench.screenshot('namespaces-to-join');
    await quickInput(workbench).getByRole('button', { name: 'OK' }).click();
    await entry(workbench, 'Root there').click();
    const shell = await eventually('a shell in there', () => othersIn(inner.pid)[0], 15_000);
    assert.equal(procfs.numbers(shell).length, 2);
    await workbench.page.getByText('namespaces of cellar').first().waitFor();
    await workbench.screenshot('namespaces-terminal');
  });

  it('shows the tree of a namespace as its own init sees it', async function () {
    const init = await nest(this, 'librarian');
    const inner = await init.fork();
    await tree.chooseOn(place('librarian'), "Show This Namespace's Own Tree");
    const text = workbench.page.locator('.monaco-editor .view-lines');
    await text.getByText('as its own init sees it').waitFor();
    await text.getByText(String(inner.pid)).waitFor();
    await workbench.screenshot('namespaces-own-tree');
  });

  /** A number there for the one here. */
  const translateFrom = (row: Locator, nsPid: number) =>
    patiently(async () => {
      await tree.chooseOn(row, 'Translate PID from Here...');
      await fill(workbench, String(nsPid), 'A process number as a container');
      await workbench.page.keyboard.press('Enter');
      await quickInput(workbench).getByPlaceholder('To: where').waitFor();
      await entry(workbench, 'This PID namespace').click(soon);
      await quickInput(workbench).getByPlaceholder('Choose a number to copy it').waitFor(soon);
    });

  const closeQuestion = async () => {
    await workbench.page.keyboard.press('Escape');
    await quickInput(workbench).waitFor({ state: 'hidden' });
  };

  it('translates a number of a namespace, copies its inode, and leads to its first process', async function () {
    const init = await nest(this, 'ledger');
    const inner = await become(await init.fork(), 'clerk', '--mark=inner');
    await translateFrom(place('ledger'), inner.nsPid);
    await entry(workbench, `${inner.nsPid} → ${inner.pid}`).getByText('clerk').waitFor();
    await workbench.screenshot('namespaces-translated-from');
    await closeQuestion();
    await tree.chooseOn(place('ledger'), 'Copy Inode');
    const copied = `Copied ${procfs.namespace(init.pid, 'pid')}`;
    await workbench.page.locator('.statusbar').getByText(copied).waitFor();
    await workbench.screenshot('namespaces-copied');
    await tree.chooseOn(place('ledger'), 'Reveal First Process');
    const first = new ProcessesTree(workbench).row(init.pid);
    await first.and(workbench.page.locator('[aria-selected=true]')).waitFor();
    await workbench.screenshot('namespaces-first-process');
    await new ProcessesTree(workbench).collapse();
  });

  describe('a container', () => {
    const name = `web-${process.pid}`;
    let bundle: OciBundle | undefined;
    let sandbox: Sandbox;
    let container: Locator;

    before(async function () {
      bundle = OciBundle.make(this, { hostname: 'inside' });
      sandbox = await Sandbox.run(this, ['runc', 'run', '-b', bundle.path, name]);
      container = tree.place(new RegExp(`^${name}, OCI`));
      await tree.group('Container');
    });

    after(async () => {
      await sandbox?.[Symbol.asyncDispose]();
      bundle?.[Symbol.dispose]();
      await tree.group('Type');
    });

    it('is shown by its name, with its processes', async () => {
      await tree.open(container);
      await tree.row(sandbox.pid).getByText(`1 · ${sandbox.pid} here`).waitFor();
      await patiently(async () => {
        await workbench.page.mouse.move(700, 700); // a tooltip closes when its row is drawn again
        await container.hover();
        await workbench.page.getByText('by the state files of its engine').waitFor(soon);
      });
      await workbench.screenshot('namespaces-container');
      await tree.choose(sandbox.pid, 'Namespaces > Translate PID...');
      await quickInput(workbench).getByText(`Namespace of`).first().waitFor();
      await workbench.screenshot('namespaces-container-translated');
      await closeQuestion();
    });

    it('has numbers of its own, translated from its row', async () => {
      await translateFrom(container, 1);
      await entry(workbench, `1 → ${sandbox.pid}`).getByText('cat').waitFor();
      const title = `"${name}" is inside "This PID namespace"`;
      await quickInput(workbench).getByText(title).waitFor();
      await workbench.screenshot('namespaces-container-translated-from');
      await closeQuestion();
    });

    it('is named where a process is picked', async () => {
      await workbench.command('Attach Debugger to Process...');
      await fill(workbench, name, 'Process to debug');
      await entry(workbench, `${sandbox.pid} ·`).getByText(`${name}:1`).waitFor();
      await workbench.screenshot('pick-container-by-name');
      await closeQuestion();
    });

    it('groups its processes in the Processes tree', async () => {
      const processes = new ProcessesTree(workbench);
      await processes.expand();
      await processes.filter(String(sandbox.pid));
      await workbench.command('Pidfd: Group Processes...');
      await entry(workbench, 'By Container').click();
      await processes.group(new RegExp(`^${name}`)).waitFor();
      assert.equal(await processes.row(sandbox.pid).getAttribute('aria-level'), '2');
      await workbench.screenshot('process-groups-container');
      await workbench.command('Pidfd: Group Processes...');
      await entry(workbench, 'By Parent').click();
      await processes.group(new RegExp(`^${name}`)).waitFor({ state: 'detached' });
      await processes.clickTitle('Clear Filter');
      await processes.collapse();
    });
  });

  it('says that a process has no namespaces of its own to open a terminal in', async () => {
    const plain = await become(await Actor.start(), 'plain', '--mark=inner');
    const processes = new ProcessesTree(workbench);
    await processes.expand();
    await processes.filter('plain');
    await processes.choose(plain.pid, 'Namespaces > Open Terminal Here...');
    await workbench.toast(/is in the same namespaces as this window/).waitFor();
  });
});
