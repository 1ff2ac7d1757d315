// Makes one platform's package with VS Code's own tool.
import { mkdirSync, statSync } from 'node:fs';
import path from 'node:path';
import vsce from '@vscode/vsce';
import { inRoot, readJson, root, temporaryDirectory } from '../files.mjs';
import { stage } from './stage.mjs';

/**
 * @param {import('./targets.mjs').Target} target
 * @param {string} out the folder for packages
 */
export async function packageFor(target, out) {
  const { name, version, repository } = readJson(inRoot('package.json'));
  const file = path.join(out, `${name}-${target.name}-${version}.vsix`);
  const tmp = temporaryDirectory();
  const cwd = path.join(tmp.path, 'extension');
  try {
    stage(target, cwd, tmp.path);
    mkdirSync(out, { recursive: true });
    await vsce.createVSIX({
      cwd,
      packagePath: file,
      ...(target.arch && { target: target.name }),
      dependencies: false, // everything is in the bundles
      allowMissingRepository: true,
      rewriteRelativeLinks: repository !== undefined,
    });
  } finally {
    tmp.remove();
  }
  const megabytes = (statSync(file).size / 1e6).toFixed(2);
  console.log(`${path.relative(root, file)}: ${megabytes} MB`);
}
