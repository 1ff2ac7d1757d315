import * as vscode from 'vscode';

/** What runs, with one button to end it. */
export interface Progress {
  report(text: string): void;
  done(): void;
}

export type ShowProgress = (title: string, onCancel: () => void) => Progress;

/** A toast with a Cancel button. */
export const showProgress: ShowProgress = (title, onCancel) => {
  let report = (_text: string): void => undefined;
  let done = (): void => undefined;
  const location = vscode.ProgressLocation.Notification;
  void vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
    token.onCancellationRequested(onCancel);
    report = (message) => progress.report({ message });
    return new Promise<void>((resolve) => (done = resolve));
  });
  return { report: (text) => report(text), done: () => done() };
};
