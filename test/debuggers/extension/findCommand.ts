import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Debian calls it by the version of LLVM, and before 18 it was `lldb-vscode`. */
export const lldbDap = [
  'lldb-dap',
  ...[22, 21, 20, 19].map((version) => `lldb-dap-${version}`),
  ...[16, 15, 14].map((version) => `lldb-vscode-${version}`),
];

const isExecutable = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The first of these names that is on PATH. */
export function findCommand(...names: string[]): string {
  const folders = (process.env['PATH'] ?? '').split(path.delimiter);
  const files = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  const found = files.find(isExecutable);
  if (!found) throw new Error(`${names.join(' or ')} is not installed`);
  return found;
}
