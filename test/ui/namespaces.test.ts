import assert from 'node:assert/strict';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { namespaces } from '../support/namespaces';
import { OciBundle } from '../support/ociBundle';
import { procfs } from '../support/procfs';
import { Sandbox } from '../support/sandbox';
import { startWorkbench, type Workbench } from './driver';
import { patiently, soon } from './patiently';
import { become } from './programs';
import { entry, quickInput } from './quickInput';
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

  it('shows a PID namespace inside ours, with the number there first', async function () {
    const inner = await nest(this, 'database');
    await tree.open(place('database'));
    await tree.row(inner.pid).getByText(`1 · ${inner.pid} here`).waitFor();
    await workbench.screenshot('namespaces');
  });

  it('tells of a process which namespaces are its own, and leads to each', async function () {
    const inner = await nest(this, 'archive');
    await tree.open(place('archive'));
    await tree.choose(inner.pid, 'Namespaces > Show Namespaces...');
    await entry(workbench, 'not its parent’s · not ours').waitFor();
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
    await tree.open(place('cellar'));
    await tree.choose(inner.pid, 'Namespaces > Open Terminal Here...');
    await quickInput(workbench).getByText('namespaces of cellar').waitFor();
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
    await place('librarian').click({ button: 'right' });
    await tree.take("Show This Namespace's Own Tree");
    const text = workbench.page.locator('.monaco-editor .view-lines');
    await text.getByText('as its own init sees it').waitFor();
    await text.getByText(String(inner.pid)).waitFor();
    await workbench.screenshot('namespaces-own-tree');
  });

  it('shows a container by its name, with its processes', async function () {
    const name = `web-${process.pid}`;
    using bundle = OciBundle.make(this, { hostname: 'inside' });
    await using sandbox = await Sandbox.run(this, ['runc', 'run', '-b', bundle.path, name]);
    await tree.group('Container');
    const container = tree.place(new RegExp(`^${name}, OCI`));
    await container.waitFor();
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
    await workbench.page.keyboard.press('Escape');
    await tree.group('Type');
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

/** Processes of the same PID namespace; those that have one number only are in ours. */
function othersIn(pid: number): number[] {
  const own = procfs.namespace(pid, 'pid');
  const inner = procfs.pids().filter((each) => each !== pid && procfs.numbers(each).length > 1);
  return inner.filter((each) => procfs.namespaceOrGone(each, 'pid') === own);
}
