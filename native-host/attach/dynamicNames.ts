/**
 * What an executable has for the dynamic linker (elf(5)): names of the libraries that it needs, and of the symbols that it
 * exports or imports. Everything in it is untrusted. Of 64 bits and little-endian alone, as all that VS Code runs on is.
 */

/** Fewer bytes at the end of the file; null where they cannot be read. */
export type ReadAt = (offset: number, size: number) => Promise<Buffer | null>;

interface Segment {
  readonly type: number;
  readonly offset: number;
  readonly address: number;
  readonly size: number;
}

const elfMagic = 0x7f454c46;
const ELFCLASS64 = 2;
const ELFDATA2LSB = 1;
const PT_LOAD = 1;
const PT_DYNAMIC = 2;
const DT_STRTAB = 5;
const DT_STRSZ = 10;
/** Every linker puts the program headers right behind the file's own. */
const headBytes = 4096;
const headerBytes = 64;
const segmentBytes = 56;
const entryBytes = 16;
const mostDynamic = 16 * 1024;
/** Those of Node, the longest, have 5 MiB. */
const mostNames = 16 * 1024 * 1024;

/** Each ends with a NUL. Empty: there are none; null: not such a file, or unreadable. */
export async function dynamicNames(readAt: ReadAt): Promise<Buffer | null> {
  const segments = segmentsIn(await readAt(0, headBytes));
  if (!segments) return null;
  const dynamic = segments.find(({ type }) => type === PT_DYNAMIC);
  if (!dynamic) return Buffer.alloc(0); // statically linked
  const entries = await readAt(dynamic.offset, Math.min(dynamic.size, mostDynamic));
  const [address, size] = entries ? [valueOf(entries, DT_STRTAB), valueOf(entries, DT_STRSZ)] : [];
  if (address === undefined || size === undefined) return null;
  const offset = offsetOf(segments, address);
  return offset === null ? null : await readAt(offset, Math.min(size, mostNames));
}

function segmentsIn(head: Buffer | null): Segment[] | null {
  if (!head || head.length < headerBytes || head.readUInt32BE(0) !== elfMagic) return null;
  if (head[4] !== ELFCLASS64 || head[5] !== ELFDATA2LSB) return null;
  const start = Number(head.readBigUInt64LE(32));
  const count = head.readUInt16LE(56);
  if (start + count * segmentBytes > head.length) return null;
  return Array.from({ length: count }, (_, n) => segmentAt(head, start + n * segmentBytes));
}

const segmentAt = (head: Buffer, at: number): Segment => ({
  type: head.readUInt32LE(at),
  offset: Number(head.readBigUInt64LE(at + 8)),
  address: Number(head.readBigUInt64LE(at + 16)),
  size: Number(head.readBigUInt64LE(at + 32)),
});

function valueOf(entries: Buffer, tag: number): number | undefined {
  for (let at = 0; at + entryBytes <= entries.length; at += entryBytes) {
    if (entries.readBigInt64LE(at) === BigInt(tag)) return Number(entries.readBigUInt64LE(at + 8));
  }
  return undefined;
}

function offsetOf(segments: readonly Segment[], address: number): number | null {
  const holds = ({ type, address: start, size }: Segment) =>
    type === PT_LOAD && address >= start && address < start + size;
  const segment = segments.find(holds);
  return segment ? segment.offset + address - segment.address : null;
}
