import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, constants, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFile } from '../../../native-host/kernel/files';
import { SlowReads } from '../../../native-host/procfs/slowReads';

describe('SlowReads', () => {
  const folder = mkdtempSync(join(tmpdir(), 'slow-reads-'));
  const file = join(folder, 'file');
  writeFileSync(file, 'x'.repeat(10_000));
  after(() => rmSync(folder, { recursive: true }));

  it('reads to the end or to the limit', async () => {
    const slow = new SlowReads();
    assert.equal((await slow.read(() => openFile(file), 20_000))?.length, 10_000);
    assert.equal((await slow.read(() => openFile(file), 4096))?.length, 4096);
    assert.equal((await slow.readPath(file, 100))?.toString(), 'x'.repeat(100));
  });

  it('reads what the kernel writes line by line to its end', async () => {
    const lines = await new SlowReads().readLines(() => openFile('/proc/self/maps'), 1 << 20);
    assert.ok((lines?.length ?? 0) > 8192); // two pages, of which each read brings less than one
    assert.match(lines?.toString() ?? '', /\[stack\]/); // stands at the end
  });

  it('says null of what cannot be opened', async () => {
    const slow = new SlowReads();
    assert.equal(await slow.readPath(join(folder, 'missing'), 10), null);
    assert.equal(await slow.read(() => null, 10), null);
  });

  it('fails what cannot be started, at once or after others, and keeps its places', async () => {
    const slow = new SlowReads();
    const fail = () => {
      throw new Error('out of descriptors');
    };
    const reads = Array.from({ length: 6 }, () => slow.readPath(file, 10));
    const failures = Array.from({ length: 6 }, () =>
      assert.rejects(slow.read(fail, 10), /out of descriptors/),
    );
    await Promise.all([...reads, ...failures]);
    await assert.rejects(slow.read(fail, 10), /out of descriptors/);
    assert.equal((await slow.readPath(file, 10))?.length, 10);
    assert.equal(slow.isStuck, false);
  });

  it('gets through a crowd of those that are gone, of which each is over at once', async () => {
    const slow = new SlowReads(60_000);
    const first = [slow.readPath(file, 10), slow.readPath(file, 10)]; // the others must queue
    const gone = Array.from({ length: 50_000 }, () => slow.read(() => null, 10));
    assert.ok((await Promise.all(first)).every((bytes) => bytes?.length === 10));
    assert.ok((await Promise.all(gone)).every((bytes) => bytes === null));
  });

  it('takes what has come back while we were busy ourselves', async () => {
    const slow = new SlowReads(20);
    const read = slow.read(() => openFile(file), 100);
    for (const until = performance.now() + 60; performance.now() < until;);
    assert.equal((await read)?.length, 100);
  });

  it('gives up on what never answers, and goes on when it answers after all', async () => {
    const fifo = join(folder, 'fifo'); // opening one for reading waits for a writer
    execFileSync('mkfifo', [fifo]);
    const slow = new SlowReads(20);
    const stuck = [slow.readPath(fifo, 10), slow.readPath(fifo, 10)];
    const behind = slow.readPath(file, 10);
    assert.deepEqual(await Promise.all([...stuck, behind]), [null, null, null]);
    assert.equal(await slow.readPath(file, 10), null, 'no place is free');
    // Never closed: an open that comes only now must not wait for ever either, and keep this process from ending.
    writeSync(openSync(fifo, constants.O_RDWR), 'x'.repeat(20));
    while ((await slow.readPath(file, 10)) === null) await new Promise(setImmediate);
  });
});
