import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnSync } from 'node:child_process';
import { eventually } from '../support/eventually';
import { OciBundle } from '../support/ociBundle';
import { skipBecause } from '../support/results';
import { Sandbox } from '../support/sandbox';
import { startWorkbench, type Workbench } from './driver';
import { othersIn } from './othersIn';
import { forkAs, startAs } from './programs';
import { answer } from './quickInput';
import { ProcessesTree } from './tree';

const SIGTERM = 15;
const nobody = 65534;

/** Without capabilities it may signal its own user's processes only, though that is root; under sudo it has them all. */
const unprivileged = `#!/bin/sh
[ "$SUDO_USER" ] || exec setpriv --bounding-set=-all ${process.execPath} "$@"
exec ${process.execPath} "$@"
`;

function requireSudo(context: Mocha.Context): void {
  if (process.getuid?.() !== 0) skipBecause(context, 'only root can start another user’s process');
  if (spawnSync('sudo', ['-n', 'true']).status !== 0) skipBecause(context, 'there is no sudo here');
}

describe('a process of another user', () => {
  let workbench: Workbench;
  let folder: string | undefined;

  before(async function () {
    requireSudo(this);
    folder = mkdtempSync(join(tmpdir(), 'pidfd-sudo-'));
    const node = join(folder, 'node');
    writeFileSync(node, unprivileged, { mode: 0o755 });
    workbench = await startWorkbench({ settings: { 'pidfd.nodePath': node } });
    await workbench.openView('Processes');
  });

  after(async () => {
    await workbench?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('is signalled by its key when that is tried again with sudo', async () => {
    const tree = new ProcessesTree(workbench);
    const shop = await startAs('shop', '--mark=sudo');
    const worker = await forkAs(shop, 'worker', '--mark=sudo');
    await worker.ask('survive');
    await worker.ask('uid', nobody);
    await tree.filter('--mark=sudo');
    await tree.choose(worker.pid, 'Terminate');
    await answer(workbench, 'Terminate');
    await workbench.toast(/belongs to nobody.*Retry with sudo sends SIGTERM/).waitFor();
    await workbench.screenshot('sudo-offer');
    await workbench.page.getByRole('button', { name: 'Retry with sudo' }).click();
    assert.equal(await shop.reap(worker), SIGTERM);
    await workbench.page.getByText(`SIGTERM sent to worker (pid ${worker.pid}) as root`).waitFor();
    await workbench.screenshot('sudo-sent');
  });

  it('lets nobody into its namespaces, and says so before a terminal opens', async function () {
    const tree = new ProcessesTree(workbench);
    const name = `locked-${process.pid}`;
    using bundle = OciBundle.make(this, { hostname: 'inside' });
    await using sandbox = await Sandbox.run(this, ['runc', 'run', '-b', bundle.path, name]);
    await tree.filter(String(sandbox.pid));
    const terminals = await workbench.page.locator('.xterm').count();
    await tree.choose(sandbox.pid, 'Namespaces > Open Terminal Here...');
    await workbench.toast(/^No terminal for the namespaces of cat/).waitFor();
    for (const way of ['Use Its Engine', 'Open as Root'])
      await workbench.page.getByRole('button', { name: way }).waitFor();
    assert.equal(await workbench.page.locator('.xterm').count(), terminals);
    await workbench.screenshot('namespaces-no-entry');
    await workbench.page.getByRole('button', { name: 'Use Its Engine' }).click();
    await eventually('a shell in there', () => othersIn(sandbox.pid)[0], 15_000);
    await workbench.screenshot('namespaces-engine-shell');
  });
});
