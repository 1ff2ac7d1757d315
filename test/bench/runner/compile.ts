import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { inRepository } from '../../support/vscode/server';

/** The C side of a benchmark, `test/bench/NAME.c`; gives the program's path. */
export function compile(name: string): string {
  const program = inRepository(`out/bench/${name}`);
  mkdirSync(path.dirname(program), { recursive: true });
  const source = inRepository(`test/bench/${name}.c`);
  execFileSync('cc', ['-O2', '-Wall', '-Wextra', '-o', program, source]);
  return program;
}
