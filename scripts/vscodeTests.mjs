// Runs out/test/vscode inside a real VS Code: `newest` and `oldest` in VS Code's own server, which needs no desktop;
// `desktop` in the VS Code that VSCODE_EXECUTABLE names, or in one that is downloaded. A second word names another folder
// of tests: `debuggers` has some that VS Code does not come with.
import { cpSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { installDebugAdapters } from './debug-adapters/install.mjs';
import { inRoot, root } from './files.mjs';

const [version, suite = 'vscode'] = process.argv.slice(2);
const isDesktop = version === 'desktop';

/** Settings and state of the last run must not matter. */
function freshProfile() {
  const home = inRoot('.vscode-test', `${suite}-${version}`);
  rmSync(home, { recursive: true, force: true });
  const dirs = { user: path.join(home, 'user-data'), extensions: path.join(home, 'extensions') };
  for (const dir of Object.values(dirs)) mkdirSync(dir, { recursive: true });
  return dirs;
}

const executable = isDesktop
  ? process.env.VSCODE_EXECUTABLE
  : inRoot('test/support/vscode/code.cjs');

/** The debuggers are an extension that is in no package: it is laid where an installed one would lie. */
function layDebuggers(extensions) {
  const folder = path.join(extensions, 'pidfd-explorer-tests.debuggers-0.0.1');
  cpSync(inRoot('out/test/debuggers/extension'), folder, { recursive: true });
  cpSync(inRoot('test/debuggers/extension/package.json'), path.join(folder, 'package.json'));
}

/** One of which each test brings the adapter: only who contributes a type may do so. */
function layInlineDebugger(extensions) {
  const folder = path.join(extensions, 'pidfd-explorer-test.inline-debugger-0.0.1');
  cpSync(inRoot('test/fixtures/inlineDebugger'), folder, { recursive: true });
}

const dirs = freshProfile();
const hasDebuggers = suite !== 'vscode';
if (hasDebuggers) {
  process.env.PIDFD_DEBUG_ADAPTERS = await installDebugAdapters();
  layDebuggers(dirs.extensions);
} else layInlineDebugger(dirs.extensions);

const options = {
  ...(executable ? { vscodeExecutablePath: executable } : {}),
  extensionDevelopmentPath: root,
  extensionTestsPath: inRoot('out/test', suite, 'index.js'),
  launchArgs: [
    inRoot('test/fixtures'),
    ...[`--user-data-dir=${dirs.user}`, `--extensions-dir=${dirs.extensions}`],
  ],
  extensionTestsEnv: isDesktop ? {} : { PIDFD_VSCODE: version, PIDFD_SUITE: suite },
};

try {
  await runTests(options);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
