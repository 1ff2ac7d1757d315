import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { cgroupLabel } from '../../../native-host/containers/cgroupLabel';
import {
  nameAtOnce,
  Namer,
  type NamerParts,
  type Subject,
} from '../../../native-host/containers/namer';
import { ContainerGroups } from '../../../native-host/namespaces/inventory/containerGroups';
import type { Member } from '../../../native-host/namespaces/inventory/member';
import type { StoredName } from '../../../native-host/containers/stateFiles';
import type { NamespaceId, ProcessKey, ProcessRow } from '../../../native-host/protocol';

const id = 'a1'.repeat(32);
const key = '4711:1' as ProcessKey;

const row = (...args: string[]): ProcessRow => ({
  ...{ key, pid: 4711, ppid: 1, parentKey: null, uid: 0, user: 'root', state: 'S' },
  ...{ startedAt: 0, comm: 'comm', args, argsCut: false, exe: null, kind: 'native' },
  program: 'native' as ProcessRow['program'],
});

const subject = (cgroup: string, ...ancestors: ProcessRow[]): Subject => ({
  ...{ label: cgroupLabel(cgroup), first: row('/usr/sbin/nginx', '-g'), ancestors },
});

let directory: string;
/** What engines say, and whom they were asked about. */
let answer: StoredName | null = null;
const asked: string[] = [];

function write(path: string, value: unknown): void {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(value));
}

/** Nothing but what is written in `directory`; `owner` has the number 4711 now. */
function namer(procfs: Record<string, string> = {}, owner = key, hostname = ''): Namer {
  const read = (path: string) => (procfs[path] === undefined ? null : Buffer.from(procfs[path]));
  const at = (name: string) => [join(directory, name)];
  const parts: NamerParts = {
    root: { tryRead: read, tryReadWhole: read },
    opener: { tryNumber: () => ({ key: owner, [Symbol.dispose]: () => undefined }) },
    places: {
      ...{ docker: at('docker'), storage: at('storage'), containerd: at('containerd') },
      ...{ crio: at('run'), runtimes: at('runc') },
    },
    hostname: () => Promise.resolve(hostname || null),
    engines: { find: (cli, who) => Promise.resolve(asked.push(`${cli} ${who}`) ? answer : null) },
  };
  return new Namer(parts);
}

const mounts = `22 28 0:21 /x/docker/containers/${id}/hostname /etc/hostname rw - ext4 /dev/sda1 rw\n`;
const stat = `4711 (a) b) S 1 ${'0 '.repeat(17)}12345 ${'0 '.repeat(30)}\n`;

describe('the name of a container', () => {
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'namer-'));
    asked.splice(0);
    answer = null;
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  it('is its short id, or its program, until somebody knows more', async () => {
    const byId = nameAtOnce(subject(`/docker/${id}`));
    assert.deepEqual(byId.name, { text: id.slice(0, 12), source: 'cgroup', engine: 'docker' });
    assert.deepEqual(byId.engineShell, ['docker', 'exec', '-it', id, 'sh']);
    const program = { text: 'nginx', source: 'init', engine: null };
    assert.deepEqual(nameAtOnce(subject('/')).name, program);
    assert.equal(await namer().find(subject('/')), null);
    assert.equal(await namer().find(subject(`/kubepods/pod${'0'.repeat(36)}/${id}`)), null);
  });

  it('is what the engine wrote down, found by cgroup, by monitor or by mounts', async () => {
    const Labels = { 'devcontainer.local_folder': '/home/me/shop' };
    write(`docker/${id}/config.v2.json`, { Name: '/web', Config: { Labels } });
    const shim = row('/usr/bin/containerd-shim-runc-v2', '-namespace', 'moby', '-id', id);
    const name = { text: 'shop', source: 'state', engine: 'devcontainer' };
    const found = await namer().find(subject(`/docker/${id}`));
    const engineShell = ['docker', 'exec', '-it', id, 'sh'];
    assert.deepEqual(found, { name, engineShell, engineName: 'web' });
    assert.deepEqual(await namer().find(subject('/', shim)), found);
    const mounted = { '4711/mountinfo': mounts };
    assert.deepEqual(await namer(mounted).find(subject('/')), found);
    assert.equal(await namer(mounted, '4711:2' as ProcessKey).find(subject('/')), null);
  });

  it("is podman's own answer only for who may be its dev container, and our own", async () => {
    const conmon = {
      ...row('/usr/bin/conmon', '-c', id, '-n', 'vsc'),
      uid: process.getuid?.() ?? 0,
    };
    const about = (uid: number, ...args: string[]): Subject => ({
      ...{ label: null, first: { ...row(...args), uid }, ancestors: [{ ...conmon, uid }] },
    });
    const script = 'echo Container started\ntrap "exit 0" 15\nexec "$@"';
    answer = { name: 'vsc', devFolder: 'shop' };
    assert.equal(await namer().find(about(conmon.uid, '/bin/sh', '-c', 'exec nginx')), null);
    assert.equal(await namer().find(about(conmon.uid + 1, '/bin/sh', '-c', script)), null);
    assert.deepEqual(asked, []);
    const found = await namer().find(about(conmon.uid, '/bin/sh', '-c', script, '-'));
    assert.deepEqual(asked, [`podman ${id}`]);
    assert.deepEqual(found?.name, { text: 'shop', source: 'engine', engine: 'devcontainer' });
    assert.equal(found?.engineName, 'vsc');
  });

  it("in a pod is containerd's, else CRI-O's", async () => {
    const pod = subject(`/kubepods/pod${'0'.repeat(36)}/${id}`);
    const annotations = { 'io.kubernetes.pod.namespace': 'shop', 'io.kubernetes.pod.name': 'b' };
    write(`run/overlay-containers/${id}/userdata/config.json`, { annotations });
    assert.equal((await namer().find(pod))?.name.text, 'shop/b');
    write(`containerd/k8s.io/${id}/config.json`, {
      annotations: { 'io.kubernetes.cri.sandbox-name': 'a' },
    });
    assert.equal((await namer().find(pod))?.name.text, 'a');
  });

  it('is that of the runtime whose process it is, else that of the host there', async () => {
    write('runc/box/state.json', { init_process_pid: 4711, init_process_start: 12345 });
    const [held, lost] = [key, '4711:2' as ProcessKey];
    const nameOf = async (owner: ProcessKey) =>
      (await namer({ '4711/stat': stat }, owner, 'there').find(subject('/')))?.name;
    assert.deepEqual(await nameOf(held), { text: 'box', source: 'state', engine: 'oci' });
    const box = await namer({ '4711/stat': stat }).find(subject('/'));
    const runc = ['runc', '--root', join(directory, 'runc'), 'exec', '-t', 'box', 'sh'];
    assert.deepEqual(box?.engineShell, runc);
    assert.deepEqual(await nameOf(lost), { text: 'there', source: 'hostname', engine: null });
  });
});

describe('a PID namespace within a unit of systemd', () => {
  const unit = '/user.slice/session-3.scope';
  const place = (nsPid: number | null) => ({ set: 0, nsPid, cgroup: unit });
  const member = (nsPid: number | null): Member => ({
    ...{ row: row('/usr/bin/sh'), place: place(nsPid), known: 'read', container: null },
  });

  it('is not called as the unit, and is asked for', async () => {
    const asked: Subject[] = [];
    const found = {
      name: { text: 'box', source: 'hostname', engine: null },
      ...{ engineShell: null, engineName: null },
    } as const;
    const find: Namer['find'] = (about) => Promise.resolve(asked.push(about) ? found : null);
    const kin = {
      parentOf: () => undefined,
      foreignPid: ({ place: { nsPid } }: Member) => (nsPid === null ? null : ('7' as NamespaceId)),
      isReadable: () => true,
    };
    using groups = new ContainerGroups({ find }, kin, () => undefined);
    const members = [member(null), member(1)];
    for (const one of members) one.container = groups.idOf(one);
    const names = groups.update(members).containers.map(({ name }) => name.text);
    assert.deepEqual(names, ['session-3.scope', 'sh']);
    await groups.named();
    assert.equal(asked.length, 1);
    assert.equal(groups.nameOf('pid:7')?.text, 'box');
  });
});

describe('containers that come and go', () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const heap = () => (collect(), process.memoryUsage().heapUsed);
  const kin = { parentOf: () => undefined, foreignPid: () => null, isReadable: () => true };

  it('leave nothing behind', () => {
    const find = () => Promise.resolve(null);
    using groups = new ContainerGroups({ find }, kin, () => undefined);
    const before = heap();
    for (let n = 0; n < 5000; n++) {
      const cgroup = `/${'x'.repeat(3000)}/n${n}.scope`;
      const place = { set: 0, nsPid: null, cgroup };
      const one: Member = { row: row('/x'), place, known: 'presumed', container: null };
      one.container = groups.idOf(one);
      groups.update([one]);
    }
    assert.ok(heap() - before < 3_000_000, 'the paths alone have fifteen million bytes');
  });
});
