import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Actor } from './actor';
import { findCommand } from '../debuggers/extension/findCommand';

export type Language = 'c' | 'go' | 'node' | 'python';

const sources = join(__dirname, '../../../test/fixtures/debuggees');
const programs = join(__dirname, '../../fixtures');

const modified = (path: string): number =>
  statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? -Infinity;

const sourceOf: Record<Language, string> = {
  c: join(sources, 'loop.c'),
  go: join(sources, 'loop.go'),
  node: join(sources, 'loop.cjs'),
  python: join(sources, 'loop.py'),
};

/** For which Debian has debugpy. */
const systemPython = '/usr/bin/python3';

const programOf = { c: join(programs, 'loop-c'), go: join(programs, 'loop-go') };

/** Without optimizations, so that the variables are where the source has them. */
const compilers = {
  c: () => ['cc', '-g', '-O0', '-Wall', '-o', programOf.c, sourceOf.c],
  go: () => [findCommand('go'), 'build', '-gcflags', '-N -l', '-o', programOf.go, sourceOf.go],
};

const goEnvironment = { GOCACHE: join(programs, 'go-cache'), GOFLAGS: '-buildvcs=false' };

function compile(language: 'c' | 'go'): string {
  const program = programOf[language];
  if (modified(program) < modified(sourceOf[language])) {
    mkdirSync(programs, { recursive: true });
    const [command = '', ...args] = compilers[language]();
    execFileSync(command, args, { env: { ...process.env, ...goEnvironment } });
  }
  return program;
}

/** A program in an endless loop. */
export interface Debuggee {
  readonly source: string;
  /** Of the line that it comes by again and again, where `count` grows; from 1. */
  readonly line: number;
  /** Path of the executable, and its arguments from the zeroth on. */
  readonly command: readonly [string, ...string[]];
}

/** Compiles it where that is to be done. */
export function debuggee(language: Language, ...options: string[]): Debuggee {
  const source = sourceOf[language];
  const lines = readFileSync(source, 'utf8').split('\n');
  const line = 1 + lines.findIndex((text) => text.includes('BREAK HERE'));
  if (language === 'node')
    return { source, line, command: [process.execPath, 'node', ...options, source] };
  if (language === 'python')
    return { source, line, command: [systemPython, 'python3', ...options, source] };
  return { source, line, command: [compile(language), `loop-${language}`] };
}

/** The actor becomes the program: it is asked for nothing any more but its count. */
export async function become(actor: Actor, { command }: Debuggee): Promise<Actor> {
  await actor.exec(...command);
  return actor;
}

/** Throws when it does not run: what is stopped answers nothing. */
export async function goesOn(actor: Actor): Promise<void> {
  const first = await actor.askNumber('count');
  while ((await actor.askNumber('count')) <= first);
}
