// What `npm test` consists of, in order. A check has passed when its command ends with 0; a suite leaves a result file.
import { existsSync } from 'node:fs';
import { inRoot } from './files.mjs';
import { installDebugAdapters } from './debug-adapters/install.mjs';
import { installServer } from './vscode-server/install.mjs';

const tool = (file, ...args) => [process.execPath, inRoot('node_modules', file), ...args];
const script = (file, ...args) => [process.execPath, inRoot('scripts', file), ...args];

/** One test at a time, in one process: the host suite counts descriptors and processes. */
function mocha(folder, ...more) {
  const reporter = ['--reporter', inRoot('out/test/support/reporter.js'), '--forbid-only'];
  return tool('mocha/bin/mocha.js', ...reporter, ...more, `out/test/${folder}/**/*.test.js`);
}

function hooks(file) {
  const compiled = inRoot('out/test', file);
  return existsSync(compiled) ? ['--require', compiled] : [];
}

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {() => string[]} command asked for when the steps before it have run
 * @property {number} limit in seconds
 * @property {boolean} [isSuite]
 * @property {boolean} [isOnDemand] runs only when it is named
 * @property {string[]} [needs] steps that must have run
 * @property {() => Promise<unknown>} [prepare] takes its time apart from the limit
 */

/** @type {Step[]} */
export const steps = [
  { name: 'format', command: () => tool('prettier/bin/prettier.cjs', '--check', '.'), limit: 120 },
  { name: 'lint', command: () => tool('eslint/bin/eslint.js', '.'), limit: 180 },
  { name: 'types', command: () => tool('typescript/bin/tsc', '-p', '.'), limit: 120 },
  {
    name: 'build',
    command: () => tool('webpack-cli/bin/cli.js', '--mode', 'production'),
    limit: 180,
  },
  {
    name: 'package',
    command: () => script('package.mjs'),
    limit: 180,
  },
  {
    name: 'package-contents',
    command: () => mocha('package', '--timeout', '10000'),
    limit: 60,
    isSuite: true,
    needs: ['types', 'package'],
  },
  {
    name: 'unit',
    command: () => mocha('unit', '--timeout', '10000'),
    limit: 120,
    isSuite: true,
    needs: ['types'],
  },
  {
    name: 'host',
    command: () => mocha('host', '--timeout', '20000', ...hooks('support/hostHooks.js')),
    limit: 480,
    isSuite: true,
    needs: ['types', 'build'],
  },
  {
    // Emulated machines with older kernels: a part of what `npm run test:kernels` does.
    name: 'kernels',
    command: () => script('kernels.mjs', '--quick'),
    limit: 1300,
    isSuite: true,
    needs: ['types', 'build'],
  },
  ...['newest', 'oldest'].map((version) => ({
    name: `vscode-${version}`,
    command: () => script('vscodeTests.mjs', version),
    limit: 300,
    isSuite: true,
    needs: ['types', 'build'],
    prepare: () => installServer(version),
  })),
  {
    name: 'debuggers',
    command: () => script('vscodeTests.mjs', 'newest', 'debuggers'),
    limit: 300,
    isSuite: true,
    needs: ['types', 'build'],
    prepare: () => Promise.all([installServer('newest'), installDebugAdapters()]),
  },
  {
    // In the VS Code that VSCODE_EXECUTABLE names, or in one that is downloaded. It needs a display.
    name: 'desktop',
    command: () => script('vscodeTests.mjs', 'desktop'),
    limit: 600,
    isSuite: true,
    isOnDemand: true,
    needs: ['types', 'build'],
  },
  {
    // A real workbench redraws under the pointer: a test that fails is run once more, and that is said at the end.
    name: 'ui',
    command: () => mocha('ui', '--timeout', '60000', '--retries', '1', ...hooks('ui/hooks.js')),
    limit: 900,
    isSuite: true,
    needs: ['types', 'package'],
    prepare: () => installServer('newest'),
  },
];

const matches = (name, word) => name === word || name.startsWith(`${word}-`);

/** The steps that the words name (`vscode` means both of its legs) and what they need; without words all of them. */
export function chooseSteps(words) {
  const unknown = words.filter((word) => !steps.some(({ name }) => matches(name, word)));
  const names = steps.map(({ name }) => name).join(', ');
  if (unknown.length > 0)
    throw new Error(`No such test: ${unknown.join(', ')}. There are: ${names}`);
  if (words.length === 0) return steps.filter(({ isOnDemand }) => !isOnDemand);
  const chosen = steps.filter(({ name }) => words.some((word) => matches(name, word)));
  const wanted = new Set(chosen.flatMap(({ name, needs = [] }) => [name, ...needs]));
  return steps.filter(({ name }) => wanted.has(name));
}
