import { Actor } from '../support/actor';
import { startWorkbench, type Workbench } from './driver';
import { become } from './programs';
import { NamespacesTree } from './tree';

describe('the tree of namespaces', () => {
  let workbench: Workbench;
  let tree: NamespacesTree;

  before(async () => {
    workbench = await startWorkbench();
    await workbench.openView('Processes');
    tree = new NamespacesTree(workbench);
    await tree.expand();
  });

  after(() => workbench?.stop());

  it('shows a PID namespace inside ours, with the number there first', async () => {
    const inner = await become(await (await Actor.start()).nest(), 'database', '--mark=inner');
    const place = tree.place(/^Unnamed, of database/);
    await place.waitFor();
    await tree.open(place);
    await tree.row(inner.pid).getByText(`1 · ${inner.pid} here`).waitFor();
    await workbench.screenshot('namespaces');
  });
});
