import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  crioName,
  dockerName,
  containerdName,
  podmanName,
  runtimeState,
  type Places,
} from '../../../native-host/containers/stateFiles';

const id = 'a1'.repeat(32);
const other = 'b2'.repeat(32);

let root: string;
let places: Places;

const of = (name: string) => [join(root, 'empty', name), join(root, name)];

function write(path: string, content: unknown): void {
  const file = join(root, path);
  mkdirSync(dirname(file), { recursive: true });
  rmSync(file, { force: true, recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
}

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'state-'));
  places = {
    ...{ docker: of('docker'), storage: of('storage'), containerd: of('containerd') },
    ...{ crio: of('run'), runtimes: of('runc') },
  };
});
afterEach(() => rmSync(root, { recursive: true }));

const docker = (Name: unknown, Labels: unknown = {}) => ({
  StreamConfig: {},
  State: { Running: true, Pid: 4711, StartedAt: '2026-11-24T01:00:00.000000001Z' },
  ID: id,
  Config: { Hostname: 'a1a1a1a1a1a1', Image: 'debian', Labels },
  Name,
  Driver: 'overlay2',
});
const dockerFile = `docker/${id}/config.v2.json`;
const folder = (path: unknown) => docker('/web', { 'devcontainer.local_folder': path });

describe('state files of docker', () => {
  it('have the name, with a slash before it', async () => {
    write(dockerFile, docker('/web', null));
    assert.deepEqual(await dockerName(places, id), { name: 'web', devFolder: null });
    assert.equal(await dockerName(places, other), null);
  });

  const folders: [unknown, string | null][] = [
    ['/home/me/my project', 'my project'],
    ['/home/me/shop/', 'shop'],
    ['c:\\Users\\me\\shop', 'shop'],
    ['\\\\wsl.localhost\\Debian\\home\\me\\shop', 'shop'],
    ['/home/me/a\\b', 'a\\b'],
    [`/${'deep/'.repeat(100)}shop`, 'shop'],
    ['/', null],
    ['', null],
    [7, null],
  ];
  for (const [path, name] of folders) {
    it(`tell the folder of a dev container: ${String(path).slice(0, 40)}`, async () => {
      write(dockerFile, folder(path));
      assert.deepEqual(await dockerName(places, id), { name: 'web', devFolder: name });
    });
  }
});

describe('state files of podman', () => {
  const entry = (name: string, of: string) => ({
    ...{ id: of, names: [name], image: 'c3'.repeat(32), layer: 'd4'.repeat(32) },
    metadata: `{"image-name":"docker.io/library/debian","name":"${name}"}`,
    flags: { MountLabel: '', ProcessLabel: '' },
  });

  it('are lists, one of those that stay and one of those that do not', async () => {
    const none = { id: 'e5'.repeat(32), image: '', layer: '' };
    write('storage/overlay-containers/containers.json', [none, entry('web', id)]);
    write('storage/vfs-containers/volatile-containers.json', [entry('once', other)]);
    assert.deepEqual(await podmanName(places, id), { name: 'web', devFolder: null });
    assert.equal((await podmanName(places, other))?.name, 'once');
    assert.equal(await podmanName(places, none.id), null);
  });

  it('may hold anything', async () => {
    const strange = [null, 1, 'x', [], { id: [id] }, { id, names: 'web' }, { id, names: [{}] }];
    for (const list of [strange.slice(5), strange.slice(0, 5), { 0: entry('web', id) }, null]) {
      write('storage/overlay-containers/containers.json', list);
      assert.equal(await podmanName(places, id), null, JSON.stringify(list));
    }
  });
});

describe('bundles made for kubelet', () => {
  const containerd = (names: Record<string, unknown>) => ({
    ...{ ociVersion: '1.2.0', process: { args: ['nginx'] }, hostname: 'web-0' },
    annotations: { 'io.kubernetes.cri.container-type': 'container', ...names },
  });
  const sandbox = {
    'io.kubernetes.cri.sandbox-namespace': 'shop',
    'io.kubernetes.cri.sandbox-name': 'web-0',
  };

  it('by containerd name namespace, pod and container; of a pod itself the first two', async () => {
    write(
      `containerd/k8s.io/${id}/config.json`,
      containerd({ ...sandbox, 'io.kubernetes.cri.container-name': 'nginx' }),
    );
    write(`containerd/k8s.io/${other}/config.json`, containerd(sandbox));
    assert.deepEqual(await containerdName(places, id), {
      ...{ name: 'shop/web-0/nginx', devFolder: null },
    });
    assert.equal((await containerdName(places, other))?.name, 'shop/web-0');
    write(`containerd/k8s.io/${id}/config.json`, {
      annotations: { 'io.kubernetes.cri.sandbox-name': 7 },
    });
    assert.equal(await containerdName(places, id), null);
  });

  it('by containerd for nerdctl have its name', async () => {
    write(`containerd/default/${id}/config.json`, { annotations: { 'nerdctl/name': 'web' } });
    assert.deepEqual(await containerdName(places, id), { name: 'web', devFolder: null });
  });

  it('by CRI-O do, too', async () => {
    const annotations = {
      ...{ 'io.container.manager': 'cri-o', 'io.kubernetes.cri-o.ContainerType': 'container' },
      ...{ 'io.kubernetes.pod.namespace': 'shop', 'io.kubernetes.pod.name': 'web-0' },
      'io.kubernetes.container.name': 'nginx',
    };
    write(`run/overlay-containers/${id}/userdata/config.json`, { annotations });
    const name = { name: 'shop/web-0/nginx', devFolder: null };
    assert.deepEqual(await crioName(places, id), name);
    assert.equal(await crioName(places, other), null);
  });
});

describe('state files of runc and crun', () => {
  it('name the container of this process, not of the one that had its number before', async () => {
    const init = { pid: 4711, startTicks: '12345' };
    write('runc/old/state.json', { id: 'old', init_process_pid: 4711, init_process_start: 12344 });
    write('runc/odd/state.json', '{"__proto__":{"init_process_pid":4711},"init_process_start":1}');
    write('runc/file', 'not a directory');
    assert.equal(await runtimeState(places, init), null);
    write('runc/new/state.json', { id: 'new', init_process_pid: 4711, init_process_start: 12345 });
    assert.deepEqual(await runtimeState(places, init), {
      name: 'new',
      runtime: 'runc',
      root: join(root, 'runc'),
    });
    write('runc/crun/status', { pid: 4712, 'process-start-time': 9, 'cgroup-path': '/crun' });
    assert.equal((await runtimeState(places, { pid: 4712, startTicks: '9' }))?.name, 'crun');
    assert.equal(await runtimeState(places, { pid: 4712, startTicks: '10' }), null);
  });
});

describe('state files that are not what they should be', () => {
  const whole = JSON.stringify(docker('/web'));
  const contents: [string, unknown][] = [
    ['cut anywhere', whole.slice(0, -1)],
    ['empty', ''],
    ['of 10 MB', `{"x":"${'x'.repeat(1e7)}",${whole.slice(1)}`],
    ['deep', '['.repeat(1e5)],
    ['of a name that is none', docker(['web'])],
    ['of a name that is empty', docker('/')],
    ['of an inherited name', '{"__proto__":{"Name":"/web"}}'],
    ['a list', [docker('/web')]],
  ];
  for (const [what, content] of contents) {
    it(`say nothing: ${what}`, async () => {
      write(dockerFile, content);
      assert.equal(await dockerName(places, id), null);
    });
  }

  it('say nothing where they are a directory, or a FIFO that nobody writes to', async () => {
    write(`${dockerFile}/inner`, 'x');
    assert.equal(await dockerName(places, id), null);
    rmSync(join(root, dockerFile), { recursive: true });
    execFileSync('mkfifo', [join(root, dockerFile)]);
    assert.equal(await dockerName(places, id), null);
  });

  it('keep what a name is made of, but not without end', async () => {
    const name = 'a\n\u202eb\u0000<b>';
    write(dockerFile, docker(`/${name}`));
    assert.equal((await dockerName(places, id))?.name, name);
    write(dockerFile, docker(`/${'x'.repeat(1e5)}`));
    assert.ok(((await dockerName(places, id))?.name.length ?? 0) <= 256);
  });
});
