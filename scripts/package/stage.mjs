// Lays out a folder that holds what one platform's package is made of; .vscodeignore has the last word.
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRoot, readJson, root } from '../files.mjs';
import { koffiPackage } from './koffiPackage.mjs';
import { thirdPartyNotices } from './notices.mjs';

const wanted = /^(package\.nls(\.[\w-]+)?\.json|README\.md|CHANGELOG\.md|LICENSE|\.vscodeignore)$/;
const folders = ['l10n', 'media', 'dist/koffi'];
const forNpm = ['scripts', 'dependencies', 'devDependencies', 'private'];
const bundles = ['dist/extension.js', 'dist/native-host.js', 'dist/crowdReader.js'];

/** Nothing in a package is meant for npm: no scripts to run, no dependencies to install. */
function manifest() {
  const content = readJson(inRoot('package.json'));
  for (const part of forNpm) delete content[part];
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** What it links to in the repository is not in a package, and VS Code would show a broken picture. */
function readme() {
  const text = readFileSync(inRoot('README.md'), 'utf8');
  return text
    .replace(/^!\[[^\]]*\]\((?!https?:)[^)]*\)\n+/gm, '')
    .replace(/\[([^\]]*)\]\((?!https?:)[^)]*\)/g, '$1');
}

/** The loader takes whichever binary is there; one is. */
function stageKoffi({ arch, libc }, dir, scratch) {
  if (!arch) return;
  const source = koffiPackage(arch, scratch);
  const destination = path.join(dir, 'dist/@koromix', `koffi-linux-${arch}`);
  for (const part of ['index.js', 'package.json', `${libc}_${arch}/koffi.node`])
    cpSync(path.join(source, part), path.join(destination, part));
}

/**
 * @param {import('./targets.mjs').Target} target
 * @param {string} dir the folder to fill
 * @param {string} scratch for downloads
 */
export function stage(target, dir, scratch) {
  const files = readdirSync(root).filter((name) => wanted.test(name));
  mkdirSync(dir, { recursive: true });
  for (const part of [...files, ...folders, ...bundles])
    cpSync(inRoot(part), path.join(dir, part), { recursive: true });
  writeFileSync(path.join(dir, 'package.json'), manifest());
  writeFileSync(path.join(dir, 'README.md'), readme());
  writeFileSync(path.join(dir, 'THIRD-PARTY-NOTICES.txt'), thirdPartyNotices());
  stageKoffi(target, dir, scratch);
}
