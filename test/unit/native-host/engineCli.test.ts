import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { askEngine, type Cli } from '../../../native-host/containers/engineCli';
import { eventually } from '../../support/eventually';
import { procfs } from '../../support/procfs';

const id = 'a1'.repeat(32);

/** A loaded machine is no engine that does not answer. */
const patient = 60_000;

let directory: string;
const touched = ['PATH', 'DOCKER_HOST', 'CONTAINER_RUNTIME_ENDPOINT', 'TOO_LONG'];
let before: [string, string | undefined][];

/** An engine that does this; `here` is the directory of its own. */
function play(engine: Cli, script: string): void {
  const file = join(directory, engine);
  writeFileSync(file, `#!/bin/sh\nhere='${directory}'\n${script}\n`);
  chmodSync(file, 0o755);
}

const answer = (value: unknown) => `printf %s '${JSON.stringify(value)}'`;

describe('asking an engine by its command line', function () {
  this.timeout(patient);

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'engine-'));
    before = touched.map((name) => [name, process.env[name]]);
    process.env['PATH'] = `${directory}:/usr/bin:/bin`;
    process.env['DOCKER_HOST'] = 'unix:///nowhere';
  });
  afterEach(() => {
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    rmSync(directory, { recursive: true });
  });

  it('asks for this container and closes its input', async () => {
    play('podman', `cat; printf '%s\\n' "$@" > "$here/args"; ${answer({ name: 'web' })}`);
    assert.deepEqual(await askEngine('podman', id, patient), { name: 'web', devFolder: null });
    const args = readFileSync(join(directory, 'args'), 'utf8').trimEnd().split('\n');
    assert.deepEqual(args.slice(0, 3), ['inspect', '--type=container', '--format']);
    assert.equal(args.at(-1), id);
  });

  it('knows the dev container by its label, and docker by its slash', async () => {
    const labels = { 'devcontainer.local_folder': '/home/me/shop' };
    play('docker', `echo 'a warning' >&2; ${answer({ name: '/web', labels })}`);
    assert.deepEqual(await askEngine('docker', id, patient), { name: 'web', devFolder: 'shop' });
  });

  it('has the names of kubelet from crictl', async () => {
    process.env['CONTAINER_RUNTIME_ENDPOINT'] = 'unix:///nowhere';
    const labels = {
      ...{ 'io.kubernetes.pod.namespace': 'shop', 'io.kubernetes.pod.name': 'web-0' },
      'io.kubernetes.container.name': 'nginx',
    };
    play('crictl', answer({ status: { id, metadata: { name: 'nginx' }, labels } }));
    const name = { name: 'shop/web-0/nginx', devFolder: null };
    assert.deepEqual(await askEngine('crictl', id, patient), name);
    play('crictl', answer({ status: { labels: ['shop'] } }));
    assert.equal(await askEngine('crictl', id, patient), null);
  });

  it('keeps hostile names as data', async () => {
    const name = 'a\n\u202e$(touch x)';
    play('podman', answer({ name, labels: null }));
    assert.equal((await askEngine('podman', id, patient))?.name, name);
  });

  const useless: [string, string][] = [
    ['fails', `${answer({ name: 'web' })}; exit 1`],
    ['is killed', `${answer({ name: 'web' })}; kill -9 $$`],
    ['says nothing', 'true'],
    ['talks nonsense', 'echo "Error: no such container"'],
    ['stops half way', 'printf \'{"name":"web"\''],
    ['has another shape', answer([{ name: 'web' }])],
    ['has a name that is none', answer({ name: 7 })],
    ['inherits its name', 'echo \'{"__proto__":{"name":"web"}}\''],
    ['talks 10 MB', `${answer({ name: 'web' })}; head -c 10000000 /dev/zero | tr '\\0' ' '`],
    ['complains 10 MB', `${answer({ name: 'web' })}; head -c 10000000 /dev/zero >&2`],
  ];
  for (const [what, script] of useless) {
    it(`knows nothing from one that ${what}`, async () => {
      play('podman', script);
      assert.equal(await askEngine('podman', id, patient), null);
    });
  }

  it('knows nothing where there is none, or it cannot be run', async () => {
    process.env['PATH'] = directory;
    assert.equal(await askEngine('podman', id, patient), null);
    play('podman', answer({ name: 'web' }));
    chmodSync(join(directory, 'podman'), 0o644);
    assert.equal(await askEngine('podman', id, patient), null);
    writeFileSync(join(directory, 'podman'), '#!/nowhere\n');
    chmodSync(join(directory, 'podman'), 0o755);
    assert.equal(await askEngine('podman', id, patient), null);
  });

  it('knows nothing where the kernel refuses to start it', async () => {
    play('podman', answer({ name: 'web' }));
    process.env['TOO_LONG'] = 'x'.repeat(200_000); // execve(2): E2BIG above 128 KiB
    assert.equal(await askEngine('podman', id, patient), null);
  });

  it('ends one that does not answer, also where another process keeps its output', async () => {
    play('podman', 'sleep 50 & echo $! > "$here/child"; echo $$ > "$here/pid"; wait');
    const numberIn = (file: string) => Number(readFileSync(join(directory, file), 'utf8'));
    const began = Date.now();
    for (let limit = 500; !existsSync(join(directory, 'pid')); limit *= 2)
      assert.equal(await askEngine('podman', id, limit), null);
    try {
      assert.ok(Date.now() - began < 45_000, 'waited for the other one');
      const pid = numberIn('pid');
      const isGone = () => ['Z', 'X', undefined].includes(procfs.stat(pid)?.state);
      await eventually('it is gone', isGone);
    } finally {
      process.kill(numberIn('child'), 'SIGKILL');
    }
  });
});
