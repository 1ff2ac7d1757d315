// Programs that strangers put there: what is in an executable, what is mapped, and what one says of itself.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readStartedProgram } from '../../../extension/attach/running/startedProgram';
import { dynamicNames, type ReadAt } from '../../../native-host/attach/dynamicNames';
import { kindByMaps } from '../../../native-host/attach/runtimes';
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

const library = fc.constantFrom('libjvm.so', 'libcoreclr.so', 'libhostfxr.so', 'libjvm.so.1');
const beside = fc.constantFrom('', ' (deleted)', '\r', 'x', '/x', ' (deleted) ');
const mappedPath = fc.oneof(
  fc.tuple(hostileText, library, beside).map(([folder, name, end]) => `/${folder}/${name}${end}`),
  fc.constantFrom('', '[heap]', 'libjvm.so', '/libjvm.so'),
);

/** As proc_pid_maps(5) has it. */
const lineOf = (path: string) =>
  `7f1c2d000000-7f1c2d021000 r--p 00000000 fe:00 9 ${path.replaceAll('\n', '\\012')}\n`;

/** The reference compares whole file names. */
const mapped = fc.property(fc.array(mappedPath, { maxLength: 5 }), (paths) => {
  const files = paths.map((path) => path.replace(/ \(deleted\)$/, '').split('/'));
  const has = (name: string) => files.some((parts) => parts.length > 1 && parts.at(-1) === name);
  const dotnet = has('libcoreclr.so') || has('libhostfxr.so') ? 'dotnet' : undefined;
  const bytes = Buffer.from(paths.map(lineOf).join(''));
  assert.equal(kindByMaps(bytes.toString('latin1')), has('libjvm.so') ? 'java' : dotnet);
});

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
  { name: 'what is mapped', property: () => mapped },
  { name: 'what a started program says', property: () => said },
];
