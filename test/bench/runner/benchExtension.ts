// Small extensions that only benchmarks have, made on the spot.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inRepository } from '../../support/vscode/server';

export interface BenchExtension {
  readonly name: string;
  readonly activationEvents?: readonly string[];
  readonly contributes?: unknown;
  /** CommonJS */
  readonly source: string;
  /** Images and the like, by name. */
  readonly files?: Readonly<Record<string, string>>;
}

function manifest({ name, activationEvents = [], contributes = {} }: BenchExtension): string {
  const main = './main.js';
  const engines = { vscode: '^1.100.0' };
  const identity = { name, version: '0.0.1', publisher: 'pidfd-bench', engines, main };
  return JSON.stringify({ ...identity, files: ['**'], activationEvents, contributes });
}

/** @returns the package, which lies in `dir` */
export function packExtension(extension: BenchExtension, dir: string): string {
  const cwd = path.join(dir, extension.name);
  const file = path.join(dir, `${extension.name}.vsix`);
  const files = { 'package.json': manifest(extension), 'main.js': extension.source };
  mkdirSync(cwd, { recursive: true });
  for (const [name, text] of Object.entries({ ...files, ...extension.files }))
    writeFileSync(path.join(cwd, name), text);
  const options = ['--no-dependencies', '--allow-missing-repository', '--skip-license'];
  const vsce = inRepository('node_modules/@vscode/vsce/vsce');
  execFileSync(process.execPath, [vsce, 'package', ...options, '-o', file], { cwd });
  return file;
}
