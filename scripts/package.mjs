// npm run package: an installable package (VSIX) for each platform in dist/packages. `-- --target linux-x64` makes one.
import { parseArgs } from 'node:util';
import { ensureDependencies } from './dependencies.mjs';
import { inRoot } from './files.mjs';
import { mustRun } from './processes.mjs';

const { values: options } = parseArgs({
  options: {
    target: { type: 'string', multiple: true },
    out: { type: 'string', default: inRoot('dist/packages') },
  },
});

await ensureDependencies();
const { packageFor } = await import('./package/packageFor.mjs'); // it needs the dependencies
const { chooseTargets } = await import('./package/targets.mjs');
const targets = chooseTargets(options.target);
await mustRun(process.execPath, [
  inRoot('node_modules/webpack-cli/bin/cli.js'),
  '--mode',
  'production',
]);
for (const target of targets) await packageFor(target, options.out);
