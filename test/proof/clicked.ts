// The same by a person's hand, in a real VS Code: a row or a typed PID:INODE whose number has changed hands.
import type { Actor } from '../support/actor';
import { startWorkbench, type Workbench } from '../ui/driver';
import { nativeHost } from '../ui/nativeHost';
import { entry, fill } from '../ui/quickInput';
import { ProcessesTree } from '../ui/tree';
import { Lab } from './lab';
import type { Outcome } from './outcome';

/** A question would be one more look at the process: here none comes between the click and the signal. */
const settings = { 'pidfd.confirmSignals': 'never' };

export class Clicker {
  private readonly tree: ProcessesTree;
  private trials = 0;

  private constructor(
    private readonly workbench: Workbench,
    private readonly lab: Lab,
  ) {
    this.tree = new ProcessesTree(workbench);
  }

  /** With a lab of its own: one that waits for VS Code to start might be too old by then. */
  static async open(): Promise<Clicker> {
    return new Clicker(await startWorkbench({ settings }), await Lab.open());
  }

  close(): Promise<void> {
    return this.workbench.stop();
  }

  /** By turns on a row and by what is typed. */
  trial(): Promise<Outcome> {
    const isRow = this.trials++ % 2 === 0;
    return this.lab.pass(async () => {
      const target = await this.lab.target();
      return isRow ? this.onRow(target) : this.typed(target);
    });
  }

  /** The row looks alive until the click: the native host stands still, so it cannot tell of the end. */
  private async onRow(target: Actor): Promise<Outcome | null> {
    await this.draw(target);
    const impostor = await whileStopped(nativeHost(), async () => {
      const successor = await this.lab.replace(target);
      if (successor) await this.tree.choose(target.pid, 'Terminate');
      return successor;
    });
    return impostor && this.judge(target, impostor);
  }

  private async draw(target: Actor): Promise<void> {
    await target.ask('comm', 'victim');
    await this.workbench.openView('Processes');
    await this.tree.filter(String(target.pid));
    await this.tree.row(target.pid).waitFor();
  }

  private async typed(target: Actor): Promise<Outcome | null> {
    const inode = await target.askNumber('inode', target.pid);
    const impostor = await this.lab.replace(target);
    if (!impostor) return null;
    await this.workbench.command('Pidfd: Terminate Process...');
    await entry(this.workbench, 'started').waitFor(); // the list has come
    await fill(this.workbench, `${target.pid}:${inode}`);
    await entry(this.workbench, `${target.pid}:${inode}`).click();
    return this.judge(target, impostor);
  }

  private async judge(target: Actor, impostor: Actor): Promise<Outcome> {
    const refusal = this.workbench.toast('has ended. No process was touched.');
    await refusal.or(this.workbench.page.getByText('SIGTERM sent to')).first().waitFor();
    const refused = await refusal.isVisible();
    const impostorFelt = await impostor.askNumber('felt');
    await this.lab.end(impostor);
    await this.workbench.command('Notifications: Clear All Notifications');
    return {
      ...{ wrong: impostorFelt > 0, refused, targetFelt: !Lab.endedAsTold(target), impostorFelt },
    };
  }
}

async function whileStopped<T>(host: number, body: () => Promise<T>): Promise<T> {
  process.kill(host, 'SIGSTOP');
  try {
    return await body();
  } finally {
    process.kill(host, 'SIGCONT');
  }
}
