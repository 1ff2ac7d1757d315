// The packages that the build has made, and what has to be in them.
import { existsSync } from 'node:fs';
import { inRepository } from '../support/vscode/server';
import manifest from '../../package.json';
import { readZip } from './zip';

export const targets = [
  'linux-x64',
  'linux-arm64',
  'alpine-x64',
  'alpine-arm64',
  'universal',
] as const;
export type Target = (typeof targets)[number];

/** `universal` is for those where there is no native host. */
export const isOfSystem = (target: Target): boolean => target !== 'universal';

/** The one that this machine can run. */
export const ownTarget = `linux-${process.arch}` as Target;

export const vsixOf = (target: Target) =>
  inRepository('dist/packages', `${manifest.name}-${target}-${manifest.version}.vsix`);

/** undefined where the package was not made: `npm test` makes them all. */
export const openPackage = (target: Target) =>
  existsSync(vsixOf(target)) ? readZip(vsixOf(target)) : undefined;

/** Where koffi's binary lies in a package. */
export function binaryOf(target: Target): string {
  const [system, arch] = target.split('-');
  const folder = system === 'alpine' ? 'musl' : 'linux';
  return `extension/dist/@koromix/koffi-linux-${arch}/${folder}_${arch}/koffi.node`;
}

/** Every file of a package. What is not in this list must not get to users. */
export function expectedFiles(target: Target): string[] {
  const loader = `extension/dist/@koromix/koffi-linux-${target.split('-')[1]}`;
  const koffi = [`${loader}/index.js`, `${loader}/package.json`, binaryOf(target)];
  const files = [
    ...['LICENSE.txt', 'THIRD-PARTY-NOTICES.txt', 'changelog.md', 'package.json'],
    ...(existsSync(inRepository('README.md')) ? ['readme.md'] : []),
    ...['package.nls.json', 'l10n/bundle.l10n.json', 'media/icon.png', 'media/processes.svg'],
    ...['open', 'signal', 'wait'].map((name) => `media/walkthrough/${name}.svg`),
    ...['extension', 'native-host', 'crowdReader'].map((name) => `dist/${name}.js`),
    'dist/koffi/src/koffi/indirect.cjs',
  ].map((file) => `extension/${file}`);
  return [
    '[Content_Types].xml',
    'extension.vsixmanifest',
    ...files,
    ...(isOfSystem(target) ? koffi : []),
  ].sort();
}
