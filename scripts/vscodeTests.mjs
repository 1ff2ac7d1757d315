// Runs out/test/vscode inside a real VS Code: `newest` and `oldest` in VS Code's own server, which needs no desktop;
// `desktop` in the VS Code that VSCODE_EXECUTABLE names, or in one that is downloaded.
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { inRoot, root } from './files.mjs';

const version = process.argv[2];
const isDesktop = version === 'desktop';

/** Fresh for each run: settings and state of the last one must not matter. */
function profileArguments() {
  const home = inRoot('.vscode-test', version);
  rmSync(home, { recursive: true, force: true });
  const dirs = { user: path.join(home, 'user-data'), extensions: path.join(home, 'extensions') };
  for (const dir of Object.values(dirs)) mkdirSync(dir, { recursive: true });
  return [`--user-data-dir=${dirs.user}`, `--extensions-dir=${dirs.extensions}`];
}

const executable = isDesktop
  ? process.env.VSCODE_EXECUTABLE
  : inRoot('test/support/vscode/code.cjs');

const options = {
  ...(executable ? { vscodeExecutablePath: executable } : {}),
  extensionDevelopmentPath: root,
  extensionTestsPath: inRoot('out/test/vscode/index.js'),
  launchArgs: [inRoot('test/fixtures'), '--disable-extensions', ...profileArguments()],
  extensionTestsEnv: isDesktop ? {} : { PIDFD_VSCODE: version },
};

try {
  await runTests(options);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
