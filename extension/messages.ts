import * as vscode from 'vscode';
import { Emitter } from '../views/emitter';
import { quickPickText } from '../views/escape';

export interface Shown {
  readonly kind: 'info' | 'warning' | 'error' | 'confirm' | 'status' | 'console';
  readonly text: string;
  readonly buttons: readonly string[];
}

const statusMs = 5000;

/** Everything that is said outside the views goes through here, so that tests can hear it. */
export class Messages {
  private readonly shown = new Emitter<Shown>();
  /** A test answers instead of a person: the title of a button, or undefined for "closed". */
  answer: ((message: Shown) => string | undefined) | undefined;

  readonly onDidShow = this.shown.event;

  info(text: string, ...buttons: string[]): Promise<string | undefined> {
    return this.show({ kind: 'info', text, buttons }, () =>
      vscode.window.showInformationMessage(text, ...buttons),
    );
  }

  warn(text: string, ...buttons: string[]): Promise<string | undefined> {
    return this.show({ kind: 'warning', text, buttons }, () =>
      vscode.window.showWarningMessage(text, ...buttons),
    );
  }

  error(text: string, ...buttons: string[]): Promise<string | undefined> {
    return this.show({ kind: 'error', text, buttons }, () =>
      vscode.window.showErrorMessage(text, ...buttons),
    );
  }

  /** A modal question with one way to say yes. */
  async confirm(text: string, detail: string, yes: string): Promise<boolean> {
    const answer = await this.show({ kind: 'confirm', text, buttons: [yes] }, () =>
      vscode.window.showWarningMessage(text, { modal: true, detail }, yes),
    );
    return answer === yes;
  }

  /** In the status bar, for what went as asked. */
  status(text: string): void {
    this.shown.fire({ kind: 'status', text, buttons: [] });
    vscode.window.setStatusBarMessage(quickPickText(text), statusMs);
  }

  /** In the debug console of the session that is active. */
  print(text: string): void {
    this.shown.fire({ kind: 'console', text, buttons: [] });
    vscode.debug.activeDebugConsole.appendLine(text);
  }

  private async show(
    message: Shown,
    ask: () => Thenable<string | undefined>,
  ): Promise<string | undefined> {
    this.shown.fire(message);
    return this.answer ? this.answer(message) : await ask();
  }
}
