import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { dynamicNames } from '../../../native-host/attach/dynamicNames';

const of = (file: Buffer) =>
  dynamicNames((offset, size) => Promise.resolve(file.subarray(offset, offset + size)));

/** Begins as an ELF file of 64 bits does. */
function elf(change: (file: Buffer) => void): Buffer {
  const file = Buffer.alloc(4096);
  file.write('\x7fELF\x02\x01', 'latin1');
  file.writeBigUInt64LE(64n, 32); // where the program headers are
  change(file);
  return file;
}

describe('dynamicNames', () => {
  const own = readFileSync(process.execPath);

  it('has what an executable exports, imports and needs', async () => {
    const names = (await of(own))?.toString('latin1').split('\0') ?? [];
    assert.ok(names.includes('node_module_register'));
    assert.ok(names.some((name) => name.startsWith('libc.')));
  });

  it('has nothing else that is in it', async () => {
    assert.ok(own.includes('use strict'));
    assert.ok(!(await of(own))?.includes('use strict'));
  });

  it('is empty where nothing is linked dynamically', async () => {
    assert.equal((await of(elf(() => undefined)))?.length, 0);
  });

  it('knows nothing of other files, and of what cannot be read', async () => {
    assert.equal(await of(Buffer.from('#!/bin/sh\n')), null);
    assert.equal(await of(Buffer.alloc(0)), null);
    assert.equal(await dynamicNames(() => Promise.resolve(null)), null);
    assert.equal(await of(elf((file) => (file[4] = 1))), null, '32 bits');
  });

  it('bears what leads out of the file', async () => {
    assert.equal(await of(elf((file) => file.writeBigUInt64LE(2n ** 63n, 32))), null);
    assert.equal(await of(elf((file) => file.writeUInt16LE(0xffff, 56))), null);
    const nowhere = elf((file) => {
      file.writeUInt16LE(1, 56);
      file.writeUInt32LE(2, 64); // PT_DYNAMIC
      file.writeBigUInt64LE(2n ** 62n, 64 + 8);
      file.writeBigUInt64LE(2n ** 62n, 64 + 32);
    });
    assert.equal(await of(nowhere), null);
  });
});
