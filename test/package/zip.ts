// Reads the zip files that packages are, as far as VS Code's tool makes use of the format. Node has no reader of its own.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inflateRawSync } from 'node:zlib';

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const endBytes = 22; // without a comment
const stored = 0;

/** The content of one file: behind its local header, whose names have lengths of their own. */
function contentAt(zip: Buffer, header: number, method: number, size: number): Buffer {
  const start = header + 30 + zip.readUInt16LE(header + 26) + zip.readUInt16LE(header + 28);
  const bytes = zip.subarray(start, start + size);
  return method === stored ? bytes : inflateRawSync(bytes);
}

/** The files of a zip file by name. */
export function readZip(file: string): Map<string, Buffer> {
  const zip = readFileSync(file);
  const end = zip.length - endBytes;
  if (zip.readUInt32LE(end) !== endSignature)
    throw new Error(`${file} has no directory at its end`);
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (zip.readUInt32LE(at) !== entrySignature) throw new Error(`${file} is damaged at ${at}`);
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((field) => zip.readUInt16LE(at + field));
    const nameEnd = at + 46 + (name ?? 0);
    const content = contentAt(zip, zip.readUInt32LE(at + 42), method, size);
    files.set(zip.toString('utf8', at + 46, nameEnd), content);
    at = nameEnd + (extra ?? 0) + (comment ?? 0);
  }
  return files;
}

export function writeFiles(files: ReadonlyMap<string, Buffer>, dir: string): void {
  for (const [name, content] of files) {
    const file = path.join(dir, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
}
