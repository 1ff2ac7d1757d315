import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Modules of scripts/, which compiled tests cannot load themselves; as root on such a machine. */
const script = (arch: string, asked: string) => `
  Object.defineProperty(process, 'arch', { value: '${arch}' });
  process.getuid = () => 0;
  const { findPackage } = await import('./scripts/kernels/images.mjs');
  const { runMachines } = await import('./scripts/kernels/machines.mjs');
  console.log(JSON.stringify(await ${asked}));`;
const machines = "runMachines(['6.1', '6.12'], '/no/initramfs', { quick: true })";

interface Outcome {
  readonly series: string;
  readonly failed: number;
  readonly skipped: readonly { readonly reason: string }[];
}

/** Knows what stands in the file `lists`, which an update writes. */
const aptCache = 'if [ -e "$0.lists" ]; then cat "$0.lists"; fi';
const aptGet = (listed: string) => `echo "$@" >>"$0.log"; echo '${listed}' >"\${0%get}cache.lists"`;

describe('kernels for emulated machines', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pidfd-apt-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  function command(name: string, text: string): void {
    writeFileSync(join(folder, name), `#!/bin/sh\nPATH=/usr/bin:/bin\n${text}\n`);
    chmodSync(join(folder, name), 0o755);
  }

  function run<T = readonly Outcome[]>({ CI = '', arch = 'x64', asked = machines } = {}): T {
    const words = ['--input-type=module', '--eval', script(arch, asked)];
    const env = { ...process.env, PATH: folder, CI };
    const said = execFileSync(process.execPath, words, { encoding: 'utf8', env });
    return JSON.parse(said.trim().split('\n').at(-1)!) as never;
  }

  const reasons = (outcomes: readonly Outcome[]) =>
    outcomes.flatMap(({ skipped }) => skipped.map(({ reason }) => reason));

  function archive(listed = ''): void {
    command('apt-cache', aptCache);
    command('apt-get', aptGet(listed));
    command('dpkg', 'exit 1');
  }

  it('cannot be had where the archive has none, asked for its lists once', () => {
    archive();
    const [one, other] = reasons(run());
    assert.match(one!, /^the package archive has no Linux 6\.1 /);
    assert.match(other!, /^the package archive has no Linux 6\.12 /);
    assert.equal(readFileSync(join(folder, 'apt-get.log'), 'utf8'), 'update -qq\n');
  });

  it('are then a failure in CI, where they have to be there', () => {
    archive();
    const outcomes = run({ CI: 'true' });
    assert.deepEqual(
      outcomes.map(({ failed, skipped }) => [failed, skipped.length]),
      [
        [1, 0],
        [1, 0],
      ],
    );
  });

  it('are looked for again where the lists were old', () => {
    archive('linux-image-6.1.0-1-cloud-amd64 - Linux 6.1');
    const found = run<string>({ asked: "findPackage('6.1')" });
    assert.equal(found, 'linux-image-6.1.0-1-cloud-amd64');
  });

  it('cannot be had without Debian, nor booted on other processors', () => {
    assert.match(reasons(run()).join(), /^apt-cache is not there: .*,apt-cache is not there: /);
    archive();
    assert.match(reasons(run({ arch: 'arm64' })).join(), /^the emulated .* is arm64 and not x64,/);
  });
});
