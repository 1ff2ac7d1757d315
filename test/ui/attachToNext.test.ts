import assert from 'node:assert/strict';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { ProgramFile } from '../support/programFile';
import { procfs } from '../support/procfs';
import { startWorkbench, type Workbench } from './driver';
import { entry, fill, quickInput } from './quickInput';

describe('Attach to Next', () => {
  let workbench: Workbench;

  before(async () => {
    workbench = await startWorkbench();
    await workbench.openView('Processes'); // the extension is there
  });

  after(() => workbench?.stop());

  async function waitFor(name: string): Promise<void> {
    await workbench.command('Attach to Next');
    await fill(workbench, name, 'Attach to Next');
    await entry(workbench, name).click();
    await entry(workbench, 'Stop it as it starts').click();
    await workbench.toast(`Waiting for ${name} to start`).waitFor();
  }

  it('says what is wrong with what is typed', async () => {
    await workbench.command('Attach to Next');
    await fill(workbench, '/(/', 'Attach to Next');
    await quickInput(workbench).getByText('No regular expression').waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('waits in view, and can be cancelled', async () => {
    using program = new ProgramFile();
    await waitFor(program.name);
    await workbench.screenshot('attach-to-next');
    const toast = workbench.page.locator('.notification-toast', { hasText: program.name });
    await toast.hover();
    await toast.getByRole('button', { name: 'Cancel' }).click();
    await toast.waitFor({ state: 'detached' });
  });

  it('lets the program go on where there is no debugger for it, and says so', async () => {
    using program = new ProgramFile();
    await waitFor(program.name);
    const actor = await Actor.start();
    await actor.exec(program.path, 'x');
    await workbench.toast(/No debugger for/).waitFor();
    await workbench.screenshot('attach-to-next-no-debugger');
    await eventually('it runs', () => procfs.stat(actor.pid)?.state === 'S');
    assert.equal(await actor.askNumber('pid'), actor.pid);
  });
});
