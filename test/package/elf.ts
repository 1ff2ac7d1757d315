// Reads from a 64-bit little-endian shared library which machine and libraries it was made for. See elf(5).
export interface ElfFacts {
  readonly machine: number;
  readonly needed: readonly string[];
}

const segmentLoad = 1;
const segmentDynamic = 2;
const tagNeeded = 1;
const tagStringTable = 5;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

function segmentsOf(file: Buffer): Segment[] {
  const start = Number(file.readBigUInt64LE(32));
  const [bytes, count] = [file.readUInt16LE(54), file.readUInt16LE(56)];
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * bytes;
    const [offset, address, size] = [8, 16, 32].map((field) =>
      Number(file.readBigUInt64LE(at + field)),
    ) as [number, number, number];
    return { type: file.readUInt32LE(at), offset, address, size };
  });
}

/** Tags and values of the dynamic section. */
function dynamicEntries(file: Buffer, segments: readonly Segment[]): [number, number][] {
  const dynamic = segments.find(({ type }) => type === segmentDynamic);
  if (!dynamic) throw new Error('not a shared library');
  return Array.from({ length: dynamic.size / 16 }, (_, index) => {
    const at = dynamic.offset + index * 16;
    return [Number(file.readBigUInt64LE(at)), Number(file.readBigUInt64LE(at + 8))];
  });
}

/** Where in the file lies what is loaded to that address. */
function offsetOf(address: number, segments: readonly Segment[]): number {
  const holder = segments.find(
    (each) =>
      each.type === segmentLoad && address >= each.address && address < each.address + each.size,
  );
  if (!holder) throw new Error(`nothing is loaded to ${address}`);
  return address - holder.address + holder.offset;
}

export function readElf(file: Buffer): ElfFacts {
  const magic = file.toString('latin1', 0, 6);
  if (magic !== '\x7fELF\x02\x01') throw new Error('not a 64-bit little-endian ELF file');
  const segments = segmentsOf(file);
  const entries = dynamicEntries(file, segments);
  const table = entries.find(([tag]) => tag === tagStringTable)?.[1] ?? 0;
  const strings = offsetOf(table, segments);
  const text = (at: number) => file.toString('utf8', strings + at, file.indexOf(0, strings + at));
  const needed = entries.filter(([tag]) => tag === tagNeeded).map(([, value]) => text(value));
  return { machine: file.readUInt16LE(18), needed };
}
