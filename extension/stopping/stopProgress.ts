import * as vscode from 'vscode';

/** What runs, with one button to end it. */
export interface Progress {
  report(text: string): void;
  done(): void;
}

export type ShowProgress = (title: string, onCancel: () => void) => Progress;

/** A toast with a Cancel button. */
export const showProgress: ShowProgress = (title, onCancel) => {
  let report: ((text: string) => void) | undefined;
  let done = (): void => undefined;
  // Made here: it may be over before VS Code has got round to showing it.
  const over = new Promise<void>((resolve) => (done = resolve));
  let latest: string | undefined;
  const location = vscode.ProgressLocation.Notification;
  void vscode.window.withProgress({ location, title, cancellable: true }, (progress, token) => {
    token.onCancellationRequested(onCancel);
    report = (message) => progress.report({ message });
    if (latest !== undefined) report(latest);
    return over;
  });
  return { report: (text) => (report ?? ((early) => (latest = early)))(text), done: () => done() };
};
