import { constants } from 'node:fs';
import { open, opendir } from 'node:fs/promises';

const mostBytes = 1024 * 1024;
const mostNames = 1000;

/** A regular file of an engine; null where there is none, we may not, or it is longer than any of theirs. */
export async function readText(path: string): Promise<string | null> {
  try {
    // O_NONBLOCK: a FIFO in its place would wait for a writer.
    await using file = await open(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const { size } = await file.stat().then((stat) => (stat.isFile() ? stat : { size: Infinity }));
    if (size > mostBytes) return null;
    const buffer = Buffer.alloc(size);
    const { bytesRead } = await file.read(buffer, 0, size, 0);
    return buffer.toString('utf8', 0, bytesRead);
  } catch {
    return null;
  }
}

/** Names in a directory, not all of a huge one; none where there is none or we may not. */
export async function namesIn(path: string): Promise<string[]> {
  const names: string[] = [];
  try {
    for await (const { name } of await opendir(path)) {
      if (names.push(name) === mostNames) break;
    }
  } catch {
    // not readable: nothing is known
  }
  return names;
}
