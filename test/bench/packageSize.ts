// What a user downloads.
import { statSync } from 'node:fs';
import manifest from '../../package.json';
import { inRepository } from '../support/vscode/server';
import type { Benchmark } from './runner/benchmark';
import { figureOf } from './runner/measure';

export const aims = { 'vsix.x64_mb': 2 };
export const names = Object.keys(aims);

export const run: Benchmark['run'] = () => {
  const file = `dist/packages/${manifest.name}-linux-x64-${manifest.version}.vsix`;
  const megabytes = statSync(inRepository(file)).size / 1e6;
  return Promise.resolve({ 'vsix.x64_mb': figureOf([megabytes], 'MB') });
};
