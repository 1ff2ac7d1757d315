// What engines wrote, or somebody who would be one.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { cgroupLabel } from '../../../native-host/containers/cgroupLabel';
import { commandClue } from '../../../native-host/containers/commandClue';
import { devFolder } from '../../../native-host/containers/devFolder';
import { at, parseJson, textAt } from '../../../native-host/containers/json';
import { mountClue } from '../../../native-host/containers/mountClue';
import { hostileBytes, hostileJson, hostileText } from '../hostile';
import type { Target } from '../target';

const id = fc.stringMatching(/^[0-9a-f]{64}$/);
const hexadecimal = /^[0-9a-f]{64}$/;

const segment = fc.oneof(
  hostileText,
  fc.constantFrom('docker', 'lxc', 'kubepods.slice', 'user.slice', 'init.scope', '.', '..', ''),
  id,
  id.map((one) => `docker-${one}.scope`),
  id.map((one) => `crio-${one}`),
);

/** The label's path is the beginning of the whole, and ids are ids. */
const labels = fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
  const path = `/${segments.join('/')}`;
  const label = cgroupLabel(path);
  if (!label) return;
  assert.ok(path === label.path || path.startsWith(`${label.path}/`));
  assert.ok(label.id === null || hexadecimal.test(label.id));
  assert.ok(label.id !== null || label.name !== null);
});

/** A container of docker's is found wherever it stands, whatever is around it. */
const docker = fc.property(fc.array(hostileText, { maxLength: 3 }), id, (around, container) => {
  const before = around
    .map((one) => one.replaceAll('/', ''))
    .filter((one) => !one.includes('kubepods'));
  const label = cgroupLabel(`/${[...before, 'docker', container].join('/')}`);
  assert.deepEqual([label?.engine, label?.id], ['docker', container]);
});

const program = fc.constantFrom('conmon', '/usr/bin/bwrap', 'containerd-shim-runc-v2', '__proto__');
const option = fc.constantFrom('-c', '-n', '-id', '-namespace', '--machine', '--machine=x', '-M');
const commands = fc.property(program, fc.array(fc.oneof(option, hostileText, id)), (name, args) => {
  const clue = commandClue([name, ...args]);
  if (clue) assert.ok(clue.id === null || hexadecimal.test(clue.id));
});

const mounts = fc.property(hostileBytes, id, (bytes, container) => {
  const ours = `1 2 8:1 /var/lib/docker/containers/${container}/hosts /etc/hosts rw - ext4 a rw`;
  const around = bytes.toString('utf8').replaceAll(/docker|containers|nspawn/g, '');
  assert.equal(mountClue(Buffer.from(`${around}\n${ours}\n`))?.id, container);
});

/** Looking into it never throws, never finds what objects inherit, and never gives long text. */
const states = fc.property(hostileJson, fc.array(hostileText, { maxLength: 3 }), (value, path) => {
  const found = at(value, ...path, 'constructor');
  assert.notEqual(found, Object);
  assert.ok((textAt(value, ...path)?.length ?? 0) <= 256);
  assert.ok((devFolder(value)?.length ?? 0) <= 256);
});

const json = fc.property(hostileText, (text) => {
  assert.equal(at(parseJson(text), 'toString'), null);
});

export const containerTargets: readonly Target[] = [
  { name: 'cgroup labels', property: () => labels },
  { name: "docker's cgroups", property: () => docker },
  { name: 'command lines of engines', property: () => commands },
  { name: 'mounts of engines', property: () => mounts },
  { name: 'state files', property: () => states },
  { name: 'JSON of others', property: () => json },
];
