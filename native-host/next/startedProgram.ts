/**
 * Which program a command becomes in the end, before it is run: as execvp(3) finds it, through `#!` (execve(2)) and
 * env(1), and what that is to a debugger by what is in its file.
 */
import { isUtf8 } from 'node:buffer';
import { accessSync, constants, realpathSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { dynamicNames } from '../attach/dynamicNames.js';
import { kindBySigns } from '../attach/runtimes.js';
import type { ProcessKind } from '../protocol.js';
import { programKind } from '../table/programKind.js';

type Words = readonly [string, ...string[]];

export interface StartedProgram {
  /** As that program would get them. */
  readonly words: Words;
  /** File name of the executable, behind all links; null: there is none, or it cannot be told which. */
  readonly name: string | null;
  readonly kind: ProcessKind | null;
}

/** BINPRM_BUF_SIZE (linux/binfmts.h): so much of the first line counts. */
const longestLine = 256;
const elf = '\x7fELF';
/** Interpreters of interpreters; the kernel allows as many. */
const mostHops = 5;
/** What execvp(3) looks into without PATH. */
const fallbackPath = '/bin:/usr/bin';

/** Never fails: of what cannot be told, that is said. */
export async function startedProgram(command: Words): Promise<StartedProgram> {
  try {
    return await follow(command, mostHops);
  } catch {
    return { words: command, name: null, kind: null };
  }
}

async function follow(words: Words, hops: number): Promise<StartedProgram> {
  const unknown = { words, name: null, kind: null };
  const path = find(words[0]);
  if (path === null || hops === 0) return unknown;
  const head = (await readAt(path, 0, longestLine)).toString('latin1');
  const next = interpreted(head, path, words) ?? runByEnv(path, words);
  if (next) return await follow(next, hops - 1);
  if (!head.startsWith(elf)) return unknown; // a shell may run it, or what binfmt_misc knows
  return { words, name: basename(realpathSync(path)), kind: await kindOf(path) };
}

/**
 * As binfmt_script.c of Linux reads it, in a buffer that goes on in zeros: only blanks end the interpreter's name, so `\r`
 * belongs to it; what follows is one word, whose last blanks count where the file ends before the line. Null also where
 * a word is no UTF-8: it could not be given again as it is.
 */
function interpreted(head: string, path: string, [, ...rest]: Words): Words | null {
  const [line = ''] = /^[^\n\0]*/.exec(head) ?? [];
  if (line.length === longestLine && /^#![ \t]*[^ \t]*$/.test(line)) return null; // the name is cut
  const isEnded = head[line.length] === '\n' || line.length >= longestLine - 1;
  const read = line.slice(0, longestLine - 1);
  const counts = isEnded ? read.replace(/[ \t]+$/, '') : read;
  const [, interpreter, argument] = /^#![ \t]*([^ \t]+)(?:[ \t]+(.*))?$/s.exec(counts) ?? [];
  if (interpreter === undefined || !isUtf8(Buffer.from(counts, 'latin1'))) return null;
  const program = interpreter.includes('/') ? interpreter : `./${interpreter}`; // never by the PATH
  const own = [program, ...(argument === undefined ? [] : [argument])];
  const [first = '', ...more] = own.map((word) => Buffer.from(word, 'latin1').toString());
  return [first, ...more, path, ...rest];
}

/** Only in its plain forms: what sets variables or has other options stays env(1). */
function runByEnv(path: string, [, first = '', ...rest]: Words): Words | null {
  if (basename(path) !== 'env') return null;
  const split = /^-S[ \t]*([^'"\\$]+)$/
    .exec(first)?.[1]
    ?.trim()
    .split(/[ \t]+/) ?? [first];
  const [name = '', ...options] = split;
  const isPlain = name !== '' && !name.startsWith('-') && !name.includes('=');
  return isPlain ? [name, ...options, ...rest] : null;
}

function find(program: string): string | null {
  if (program.includes('/')) return isProgram(program) ? program : null; // a pipe would have us wait for a writer
  const folders = (process.env['PATH'] ?? fallbackPath).split(':');
  return folders.map((folder) => join(folder || '.', program)).find(isProgram) ?? null;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** By its name where nothing in it can tell: unreadable, or linked statically. */
async function kindOf(path: string): Promise<ProcessKind> {
  const names = await dynamicNames((offset, size) => readAt(path, offset, size));
  if (!names?.length) return programKind(realpathSync(path), '');
  return kindBySigns(names) ?? 'native';
}

async function readAt(path: string, offset: number, size: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, offset);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
