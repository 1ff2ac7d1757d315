// Finding commands on PATH.
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export const browserCommands = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
];

/** Debian calls it by the version of LLVM, and before 18 it was `lldb-vscode`. */
export const lldbDapCommands = [
  'lldb-dap',
  ...[22, 21, 20, 19].map((version) => `lldb-dap-${version}`),
  ...[16, 15, 14].map((version) => `lldb-vscode-${version}`),
];

/** @param {string[]} names any of them will do; the first is preferred */
export function findCommand(...names) {
  const folders = (process.env.PATH ?? '').split(path.delimiter);
  return names
    .flatMap((name) => folders.map((folder) => path.join(folder, name)))
    .find(isExecutable);
}
