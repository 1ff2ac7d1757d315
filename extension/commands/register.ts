import * as vscode from 'vscode';
import type { CommandId } from '../contributions';
import { generalCommands } from '../contributions';
import { describeError, errorButtons, NothingDone, SignalError, type ErrorAction } from '../errors';
import type { Messages } from '../messages';
import type { PlainLog } from '../plainLog';

/** The edge: every command runs in here, and what it throws is shown here, once. */
export class CommandRegistry implements vscode.Disposable {
  private readonly registered: vscode.Disposable[] = [];

  constructor(
    private readonly messages: Messages,
    private readonly log: PlainLog,
    private readonly retryWithSudo: (refused: SignalError) => Promise<void>,
  ) {}

  register(id: CommandId, run: (...args: unknown[]) => unknown): void {
    this.registered.push(
      vscode.commands.registerCommand(id, (...args: unknown[]) => this.run(id, run, args)),
    );
  }

  dispose(): void {
    for (const command of this.registered) command.dispose();
  }

  private async run(
    id: CommandId,
    run: (...args: unknown[]) => unknown,
    args: unknown[],
  ): Promise<unknown> {
    try {
      return await run(...args);
    } catch (error) {
      this.log.error(`${id}: ${String(error)}`);
      // Not waited for: the command is over when its message is on screen, not when somebody closes it.
      this.show(error).catch((reason: unknown) => this.log.error(`${id}: ${String(reason)}`));
      return undefined;
    }
  }

  private async show(error: unknown): Promise<void> {
    const { text, actions } = describeError(error);
    if (error instanceof NothingDone) {
      await this.messages.warn(text);
      return;
    }
    const titles = errorButtons();
    const answer = await this.messages.error(text, ...actions.map((action) => titles[action]));
    const chosen = actions.find((action) => titles[action] === answer);
    if (chosen === 'retryWithSudo') {
      if (error instanceof SignalError)
        await this.retryWithSudo(error).catch((reason: unknown) => this.show(reason));
    } else if (chosen) await runErrorAction(chosen);
  }
}

async function runErrorAction(action: Exclude<ErrorAction, 'retryWithSudo'>): Promise<void> {
  switch (action) {
    case 'showLog':
      return vscode.commands.executeCommand(generalCommands.showLog);
    case 'retry':
      return vscode.commands.executeCommand(generalCommands.restartHost);
    case 'openSetting':
      return vscode.commands.executeCommand('workbench.action.openSettings', 'pidfd.nodePath');
    case 'showCapabilities':
      return vscode.commands.executeCommand(generalCommands.showCapabilities);
  }
}
