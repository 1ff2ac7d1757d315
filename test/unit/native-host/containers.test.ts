import assert from 'node:assert/strict';
import { cgroupLabel } from '../../../native-host/containers/cgroupLabel';
import { commandClue } from '../../../native-host/containers/commandClue';
import { engineShell } from '../../../native-host/containers/engineShell';
import { at, parseJson, textAt } from '../../../native-host/containers/json';
import { mountClue } from '../../../native-host/containers/mountClue';

const id = 'a1'.repeat(32);
const pod = '0a1b2c3d_1111_2222_3333_444455556666';

const engineOf = (path: string) => cgroupLabel(path)?.engine;

describe('cgroupLabel', () => {
  const numbered: [string, string][] = [
    [`/docker/${id}`, 'docker'],
    [`/system.slice/docker-${id}.scope`, 'docker'],
    [`/docker/${id}/system.slice/ssh.service`, 'docker'],
    [`/machine.slice/libpod-${id}.scope`, 'podman'],
    [`/libpod_parent/libpod-${id}`, 'podman'],
    [`/machine.slice/libpod-${id}.scope/container`, 'podman'],
    [`/system.slice/cri-containerd-${id}.scope`, 'containerd'],
    [`/user.slice/nerdctl-${id}.scope`, 'containerd'],
    [`/x/crio-${id}.scope`, 'crio'],
    [`/kubepods.slice/kubepods-pod${pod}.slice/cri-containerd-${id}.scope`, 'kubernetes'],
    [`/kubepods/burstable/pod0a1b2c3d-1111-2222-3333-444455556666/${id}`, 'kubernetes'],
    [`/kubepods.slice/kubepods-burstable-pod${pod}.slice/crio-${id}.scope`, 'kubernetes'],
  ];
  for (const [path, engine] of numbered) {
    it(`knows ${path.replaceAll(id, 'ID')}`, () => {
      const label = cgroupLabel(path);
      assert.equal(label?.engine, engine);
      assert.ok(path.startsWith(label.path));
      assert.equal(label.id, id);
    });
  }

  const named: [string, string, string][] = [
    ['/lxc.payload.web', 'lxc', 'web'],
    ['/lxc.payload.web/system.slice', 'lxc', 'web'],
    ['/lxc/web', 'lxc', 'web'],
    ['/machine.slice/machine-my\\x2dbox.scope/payload', 'nspawn', 'my-box'],
    ['/machine.slice/systemd-nspawn@box.service/payload', 'nspawn', 'box'],
    ['/app.slice/app-flatpak-org.gnome.Maps-4711.scope', 'flatpak', 'org.gnome.Maps'],
    ['/user.slice/snap.firefox.firefox.0af1.scope', 'snap', 'firefox.firefox'],
    ['/system.slice/snap.lxd.daemon.service', 'snap', 'lxd.daemon'],
    ['/system.slice/ssh.service', 'systemd', 'ssh.service'],
    ['/user.slice/user-0.slice/session-3.scope', 'systemd', 'session-3.scope'],
    [`/machine.slice/libpod-conmon-${id}.scope`, 'systemd', `libpod-conmon-${id}.scope`],
    ['/machine.slice/machine-qemu\\x2d1\\x2dvm.scope', 'systemd', 'machine-qemu-1-vm.scope'],
  ];
  for (const [path, engine, name] of named) {
    it(`reads the name in ${path.replaceAll(id, 'ID')}`, () => {
      const { path: prefix, ...label } = cgroupLabel(path) ?? { path: '' };
      assert.deepEqual(label, { engine, id: null, name });
      assert.ok(path.startsWith(prefix) && prefix !== '');
    });
  }

  it('takes the innermost', () => {
    assert.equal(cgroupLabel(`/docker/${'b'.repeat(64)}/docker/${id}`)?.id, id);
    assert.equal(engineOf(`/system.slice/containerd.service/docker/${id}`), 'docker');
  });

  it('belongs to nobody that does not fit exactly', () => {
    const strange = [
      ...['', '/', '//', '/docker', `/docker/${id}0`, `/docker/${id.slice(1)}`, '/user.slice'],
      ...[`/docker/${id.toUpperCase()}`, `/x/${id}`, '/lxc.payload.', '/machine-.scope'],
      ...['/lxc/..', '/.scope', '/.service', `/podx/${id}`, `/docker\n/${id}`],
      '/a/'.repeat(5000) + 'ssh.service',
    ];
    for (const path of strange) {
      const engine = engineOf(path);
      assert.ok(engine === undefined || engine === 'systemd', `${path.slice(0, 99)}: ${engine}`);
    }
    assert.equal(cgroupLabel('/a/'.repeat(5000) + 'ssh.service'), null);
  });
});

describe('commandClue', () => {
  it('reads who started a container', () => {
    assert.deepEqual(
      commandClue(['/usr/bin/conmon', '--api-version', '1', '-c', id, '-u', id, '-n', 'web']),
      { engine: 'podman', id, name: 'web' },
    );
    const shim = ['/usr/bin/containerd-shim-runc-v2', '-namespace', 'moby', '-id', id];
    assert.deepEqual(commandClue(shim), { engine: 'docker', id, name: null });
    assert.equal(commandClue(['systemd-nspawn', '-D', '/x', '--machine=box'])?.name, 'box');
    assert.equal(commandClue(['[lxc monitor] /var/lib/lxc web'])?.name, 'web');
    const bwrap = commandClue(['bwrap', '--unshare-all', '--hostname', 'box1', 'sh']);
    assert.deepEqual(bwrap, { engine: 'bubblewrap', id: null, name: 'box1' });
  });

  it('takes nothing else for one', () => {
    const strange: string[][] = [
      ...[[], [''], ['constructor'], ['__proto__'], ['conmon'], ['conmon', '-c'], ['x/conmon/y']],
      ...[['conmon', '-c', '../../etc', '-n', 'x'], ['[lxc monitor]'], ['toString', '-c', id]],
    ];
    for (const args of strange) assert.equal(commandClue(args), null, args.join(' '));
  });
});

describe('mountClue', () => {
  const line = (root: string) => `22 28 0:21 ${root} /etc/hosts rw - ext4 /dev/sda1 rw\n`;
  const clue = (text: string) => mountClue(Buffer.from(text));

  it('finds what engines mount', () => {
    const podman = `/x/overlay-containers/${id}/userdata/hosts`;
    assert.deepEqual(clue(line('/') + line(podman)), { engine: 'podman', id, name: null });
    assert.equal(clue(line(`/var/lib/docker/containers/${id}/hostname`))?.engine, 'docker');
    assert.equal(clue(line('/run/systemd/nspawn/propagate/box'))?.name, 'box');
  });

  it('finds nothing elsewhere', () => {
    for (const text of ['', '\n', 'x', line('/'), line(`/docker/containers/${id}/hostname/x`)])
      assert.equal(clue(text), null, text);
  });
});

describe('engineShell', () => {
  it('names the engine and the container, never an option', () => {
    assert.deepEqual(engineShell('docker', id, 'web'), ['docker', 'exec', '-it', id, 'sh']);
    assert.deepEqual(engineShell('containerd', id, 'web'), ['nerdctl', 'exec', '-it', id, 'sh']);
    assert.deepEqual(engineShell('kubernetes', id, null), ['crictl', 'exec', '-it', id, 'sh']);
    assert.deepEqual(engineShell('lxc', null, 'web'), ['lxc-attach', '-n', 'web']);
    for (const name of ['-n', '--help', 'a b', 'a;b', '', '$(x)', '../x', 'a\nb'])
      assert.equal(engineShell('lxc', null, name), null, name);
    assert.equal(engineShell('docker', null, 'web'), null);
    assert.equal(engineShell(null, null, 'web'), null);
  });
});

describe('JSON of others', () => {
  it('is looked into without trust', () => {
    const value = parseJson('{"a":{"b":"c"},"n":1,"list":[{"id":"x"}],"empty":""}');
    assert.equal(textAt(value, 'a', 'b'), 'c');
    assert.equal(at(value, 'n'), 1);
    assert.equal(textAt(at(value, 'list', '0'), 'id'), 'x');
    for (const path of [['n'], ['a'], ['x', 'y'], ['__proto__'], ['toString'], ['empty']])
      assert.equal(textAt(value, ...path), null, path.join('.'));
    for (const text of ['', '{', 'nul', '[1', null]) assert.equal(parseJson(text), null);
    assert.equal(textAt(parseJson(JSON.stringify({ a: 'x'.repeat(9999) })), 'a')?.length, 256);
  });
});
