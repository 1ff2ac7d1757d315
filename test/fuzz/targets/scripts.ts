// What a script says runs it: as the kernel reads its first line.
import assert from 'node:assert/strict';
import { isUtf8 } from 'node:buffer';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { startedProgram } from '../../../native-host/next/startedProgram';
import { hostileBytes, hostileText } from '../hostile';
import type { Target } from '../target';

const blank = fc.constantFrom('', ' ', '\t', ' \t ');
const program = fc.constantFrom('/bin/echo', '/bin/echo', '/bin/sh', '/usr/bin/env', 'echo', '');
const rest = fc.oneof(fc.constantFrom('-S sh -x', 'sh', '-i sh', 'A=1 sh', ''), hostileText);
const end = fc.constantFrom('', '\n', '\r\n', ' '.repeat(250), 'a'.repeat(250));
const firstLine = fc
  .tuple(blank, program, blank, rest, blank, end)
  .map((parts) => `#!${parts.join('')}`);

/** The reference goes byte by byte, as load_script() of Linux's fs/binfmt_script.c does: [name], or [name, argument]. */
function interpreted(text: Buffer): Buffer[] | null {
  const [buffer, last] = [Buffer.alloc(256), 255];
  text.copy(buffer);
  const isBlank = (at: number) => buffer[at] === 0x20 || buffer[at] === 0x09;
  const ends = (at: number) => isBlank(at) || buffer[at] === 0;
  const skip = (at: number): number => (at <= last && isBlank(at) ? skip(at + 1) : at);
  const stop = (at: number): number => (at <= last && !ends(at) ? stop(at + 1) : at);
  const word = (from: number) => buffer.subarray(from, buffer.indexOf(0, from));
  if (buffer.toString('latin1', 0, 2) !== '#!') return null;
  let to = buffer.findIndex((byte) => byte === 0x0a || byte === 0);
  if (buffer[to] !== 0x0a) {
    if (skip(2) > last || stop(skip(2)) > last) return null;
    to = last;
  }
  while (isBlank(to - 1)) to--;
  buffer[to] = 0;
  const name = skip(2);
  if (name >= to || buffer[name] === 0) return null;
  const after = stop(name);
  if (after >= to || buffer[after] === 0) return [word(name)];
  buffer[after] = 0;
  return [word(name), word(skip(after + 1))];
}

/** The kernel itself, where it runs what only says its words, and takes none of them for an option. */
function compareWithKernel(path: string, words: readonly string[]): void {
  if (words[0] !== '/bin/echo' || /^-[neE]+$/.test(words[1] ?? '')) return;
  assert.equal(`${words.slice(1).join(' ')}\n`, execFileSync(path, ['x'], { encoding: 'utf8' }));
}

async function readScript(path: string, text: Buffer): Promise<void> {
  writeFileSync(path, text);
  chmodSync(path, 0o755);
  const started = await startedProgram([path, 'x']);
  const read = interpreted(text);
  const known = read?.every((word) => isUtf8(word)) ? read.map(String) : [];
  const [name = path, ...args] = [...known, ...(known.length ? [path] : [])];
  const given = [name.includes('/') ? name : `./${name}`, ...args, 'x'];
  if (basename(name) !== 'env') assert.deepEqual(started.words, given);
  assert.deepEqual(started.words.slice(-1), ['x']);
  assert.equal(started.name === null, started.kind === null);
  compareWithKernel(path, started.words);
}

const scripts = fc.asyncProperty(
  fc.oneof(firstLine, hostileText).map((line) => Buffer.from(line)),
  hostileBytes,
  async (line, more) => {
    const folder = mkdtempSync(join(tmpdir(), 'pidfd-fuzz-'));
    try {
      await readScript(join(folder, 'script'), Buffer.concat([line, more]));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

export const scriptTargets: readonly Target[] = [
  { name: 'scripts', cost: 20, property: () => scripts },
];
