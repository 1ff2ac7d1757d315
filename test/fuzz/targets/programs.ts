// Programs that strangers put there: what is in an executable, and what a script says runs it.
import assert from 'node:assert/strict';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { readStartedProgram } from '../../../extension/attach/running/startedProgram';
import { dynamicNames, type ReadAt } from '../../../native-host/attach/dynamicNames';
import { startedProgram } from '../../../native-host/next/startedProgram';
import { hostileBytes, hostileJson, hostileText } from '../hostile';
import type { Target } from '../target';

interface Segment {
  readonly type: number;
  readonly offset: bigint;
  readonly address: bigint;
  readonly size: bigint;
}

const [load, dynamic] = [1, 2];
const [strtab, strsz] = [5n, 10n];
const mostNames = 16 * 1024 * 1024;

/** struct Elf64_Ehdr and its program headers, elf(5). */
function head(segments: readonly Segment[]): Buffer {
  const bytes = Buffer.alloc(64 + 56 * segments.length);
  bytes.write('\x7fELF\x02\x01', 'latin1');
  bytes.writeBigUInt64LE(64n, 32);
  bytes.writeUInt16LE(segments.length, 56);
  segments.forEach(({ type, offset, address, size }, at) => {
    bytes.writeUInt32LE(type, 64 + 56 * at);
    [offset, address, 0n, size].forEach((word, n) =>
      bytes.writeBigUInt64LE(word, 72 + 56 * at + 8 * n),
    );
  });
  return bytes;
}

const words = (...all: bigint[]) => Buffer.from(BigUint64Array.from(all).buffer);
const place = fc.oneof(fc.bigInt({ min: 0n, max: 9000n }), fc.bigInt({ min: 0n, max: 3n }));
const u64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const tag = fc.constantFrom(0n, 1n, 6n, strtab, strsz);

const layout = fc.record({
  loads: fc.array(
    fc.record({ type: fc.constant(load), offset: place, address: place, size: place }),
    {
      maxLength: 4,
    },
  ),
  entries: fc.array(fc.oneof(fc.tuple(tag, place), fc.tuple(fc.constant(strsz), u64)), {
    maxLength: 6,
  }),
  content: fc.uint8Array({ minLength: 100, maxLength: 100 }),
});

/** Few pieces are asked for, each of bounded size. */
function reading(file: Buffer): ReadAt {
  let asked = 0;
  return (at, size) => {
    assert.ok(at >= 0 && size >= 0 && size <= mostNames && ++asked <= 3, `${at} ${size}`);
    return Promise.resolve(file.subarray(at, at + size));
  };
}

/** The reference knows the layout, and reads no headers; where there is none of something, there are no names. */
const names = fc.asyncProperty(layout, async ({ loads, entries, content }) => {
  const table = words(...entries.flat());
  const where = { offset: 5000n, address: 0n, size: BigInt(table.length) };
  const file = Buffer.alloc(9500, Buffer.from(content));
  head([...loads, { type: dynamic, ...where }]).copy(file);
  table.copy(file, 5000);
  const [address, size] = [strtab, strsz].map((one) => entries.find(([tag]) => tag === one)?.[1]);
  const holder = loads.find((one) => address! >= one.address && address! < one.address + one.size);
  const start = holder && Number(holder.offset + address! - holder.address);
  const wanted =
    address === undefined || size === undefined || start === undefined
      ? null
      : file.subarray(start, start + Number(size));
  assert.deepEqual(await dynamicNames(reading(file)), wanted);
});

const patch = fc.tuple(fc.nat(40), u64);

/** Whatever stands in it, it is said that there are none, or which. */
const anyFile = fc.asyncProperty(
  fc.array(patch, { maxLength: 6 }),
  hostileBytes,
  fc.boolean(),
  async (patches, bytes, isElf) => {
    const segment = { type: dynamic, offset: 120n, address: 0n, size: 64n };
    const begin = isElf ? head([segment, { ...segment, type: load }]) : Buffer.alloc(0);
    const file = Buffer.concat([begin, bytes, Buffer.alloc(400)]);
    for (const [at, value] of patches) file.writeBigUInt64LE(value, 8 * at);
    const read = await dynamicNames(reading(file));
    assert.ok((read?.length ?? 0) <= file.length);
  },
);

const blank = fc.constantFrom('', ' ', '\t', ' \t ');
const shell = fc.constantFrom('/bin/sh', '/usr/bin/env', '/there/is/none', 'sh', '');
const rest = fc.oneof(fc.constantFrom('-S sh -x', 'sh', '-i sh', 'A=1 sh', ''), hostileText);
const firstLine = fc.tuple(blank, shell, blank, rest, blank).map((parts) => `#!${parts.join('')}`);

/** The reference is execve(2) word by word: what the kernel would run, and with which words. */
function interpreted(path: string, text: Buffer): string[] | null {
  const line = (text.toString('latin1', 0, 256).split('\n')[0] ?? '').split('');
  if (line.splice(0, 2).join('') !== '#!') return null;
  const isBlank = (one: string | undefined) => one === ' ' || one === '\t';
  while (isBlank(line[0])) line.shift();
  while (isBlank(line.at(-1))) line.pop();
  const end = line.findIndex(isBlank);
  const program = (end < 0 ? line : line.slice(0, end)).join('');
  const argument = end < 0 ? [] : line.slice(end);
  while (isBlank(argument[0])) argument.shift();
  return program === '' ? null : [program, ...(argument.length ? [argument.join('')] : []), path];
}

/** Nothing is run, and it is always said what would be. */
const scripts = fc.asyncProperty(
  fc.oneof(firstLine, hostileText),
  hostileText,
  async (line, more) => {
    const folder = mkdtempSync(join(tmpdir(), 'pidfd-fuzz-'));
    try {
      const path = join(folder, 'script');
      const text = Buffer.from(`${line}\n${more}`);
      writeFileSync(path, text);
      chmodSync(path, 0o755);
      const started = await startedProgram([path, 'x']);
      const [program = path, ...args] = interpreted(path, text) ?? [];
      if (basename(program) !== 'env') {
        assert.deepEqual(
          started.words,
          interpreted(path, text) ? [program, ...args, 'x'] : [path, 'x'],
        );
      }
      assert.deepEqual(started.words.slice(-1), ['x']);
      assert.equal(started.name === null, started.kind === null);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

const told = fc.record(
  {
    words: fc.oneof(fc.array(hostileText), hostileJson),
    name: fc.oneof(hostileText, hostileJson),
    kind: fc.oneof(fc.constantFrom('node', 'java'), hostileJson),
  },
  { requiredKeys: [] },
);

/** What a program says of itself has the form that it should have, or is not there. */
const said = fc.property(
  fc.oneof(
    told.map((one) => JSON.stringify(one)),
    hostileText,
  ),
  (text) => {
    const read = readStartedProgram(text);
    if (!read) return;
    assert.deepEqual(Object.keys(read), ['words', 'name', 'kind']);
    assert.ok(read.words.every((one) => typeof one === 'string'));
    for (const one of [read.name, read.kind]) assert.ok(one === null || typeof one === 'string');
    assert.deepEqual(readStartedProgram(JSON.stringify(read)), read);
  },
);

export const programTargets: readonly Target[] = [
  { name: 'names in executables', property: () => names },
  { name: 'executables of any bytes', property: () => anyFile },
  { name: 'scripts', cost: 20, property: () => scripts },
  { name: 'what a started program says', property: () => said },
];
