import * as vscode from 'vscode';

/** Only rows of ended processes carry such an address; nothing is stored there. */
export const endedScheme = 'pidfd-ended';

/** Dims the labels of rows that keep their place for a moment after their process ended. */
export const endedDecoration: vscode.FileDecorationProvider = {
  provideFileDecoration(uri) {
    if (uri.scheme !== endedScheme) return undefined;
    return { color: new vscode.ThemeColor('disabledForeground'), propagate: false };
  },
};
