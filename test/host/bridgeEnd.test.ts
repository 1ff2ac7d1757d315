import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { entry } from '../support/hostClient';

/** As a native host starts it, but for the namespace. */
function bridge(folder: string) {
  const words = [entry, 'bridge', join(folder, 'socket'), '127.0.0.1', '1'];
  return spawn(process.execPath, words, { stdio: 'pipe' });
}

describe('the other side of a bridge', () => {
  it('takes its folder away when the native host ends', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pidfd-bridge-'));
    const child = bridge(folder);
    await once(child.stdout, 'data');
    child.stdin.end();
    assert.deepEqual(await once(child, 'close'), [0, null]);
    assert.equal(existsSync(folder), false);
  });

  it('takes it away also when the native host was killed before it could listen', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'pidfd-bridge-'));
    const child = bridge(folder);
    for (const stream of child.stdio) stream?.destroy();
    assert.deepEqual(await once(child, 'exit'), [0, null]);
    assert.equal(existsSync(folder), false);
  });
});
