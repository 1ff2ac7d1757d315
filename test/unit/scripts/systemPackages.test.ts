import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A module of scripts/, which compiled tests cannot load themselves; as root on a machine that has but apt-get. */
const script = `
  process.getuid = () => 0;
  const { ensureSystemPackages } = await import('./scripts/systemPackages.mjs');
  await ensureSystemPackages();`;

/** Has no delve. */
const aptGet = `#!/bin/sh
echo "$*" >>"$0.log"
case "$*" in *" delve"*) exit 100;; esac
`;

describe('packages of the system', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pidfd-apt-'));
    writeFileSync(join(folder, 'apt-get'), aptGet);
    chmodSync(join(folder, 'apt-get'), 0o755);
  });
  after(() => rmSync(folder, { recursive: true }));

  it('are installed one by one where one of them cannot be had, and that is said', () => {
    const words = ['--input-type=module', '--eval', script];
    const env = { ...process.env, PATH: folder };
    const said = execFileSync(process.execPath, words, { encoding: 'utf8', env });
    assert.deepEqual(said.match(/^.* could not be had.*$/gm), [
      'delve could not be had (apt-get: 100).',
    ]);
    const calls = readFileSync(join(folder, 'apt-get.log'), 'utf8').trim().split('\n');
    const alone = 'install -y -qq --no-install-recommends';
    assert.equal(calls[0], 'update -qq');
    for (const name of ['gcc', 'delve', 'golang-go']) assert.ok(calls.includes(`${alone} ${name}`));
  });
});
