// State files as engines leave them, or as somebody else would: whole files, read as the native host reads them.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import {
  containerdName,
  crioName,
  dockerName,
  podmanName,
  runtimeState,
  type Places,
} from '../../../native-host/containers/stateFiles';
import { hostileBytes, hostileJson, hostileText } from '../hostile';
import type { Target } from '../target';

const id = 'a'.repeat(64);
const longestName = 3 * 256 + 2;
const init = { pid: 7, startTicks: '11' };

const annotations = (prefix: string, fields: readonly string[]) =>
  fc.record({
    annotations: fc.dictionary(
      fc.constantFrom(...fields.map((name) => prefix + name)),
      hostileText,
    ),
  });

/** File below a root -> what may be in it. */
const files: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  [`docker/${id}/config.v2.json`]: fc.record({ Name: hostileText, Config: hostileJson }),
  'storage/overlay-containers/containers.json': fc.array(
    fc.record({ id: fc.constantFrom(id, ''), names: fc.oneof(hostileJson, fc.array(hostileText)) }),
    { maxLength: 3 },
  ),
  [`containerd/${id}/config.json`]: annotations('io.kubernetes.cri.', [
    'sandbox-namespace',
    'sandbox-name',
    'container-name',
  ]),
  [`crio/overlay-containers/${id}/userdata/config.json`]: annotations('io.kubernetes.', [
    'pod.name',
    'container.name',
  ]),
  'runtimes/other/state.json': fc.record({
    init_process_pid: fc.oneof(hostileJson, fc.constant(7)),
    init_process_start: hostileJson,
  }),
};

const content = (value: fc.Arbitrary<unknown>) =>
  fc.oneof(
    value.map((one) => Buffer.from(JSON.stringify(one) ?? '')),
    hostileJson.map((one) => Buffer.from(JSON.stringify(one) ?? '')),
    hostileBytes,
  );

/** Never throws, never more than a name's worth of text. */
async function askAll(places: Places): Promise<void> {
  const asked = [dockerName, podmanName, containerdName, crioName].map((ask) => ask(places, id));
  for (const found of await Promise.all(asked)) {
    if (found) assert.ok(found.name !== '' && found.name.length <= longestName);
    assert.ok((found?.devFolder ?? '').length <= 256);
  }
  assert.equal(await runtimeState(places, { ...init, startTicks: '12' }), null);
}

const contents = fc.tuple(...Object.values(files).map(content));

const stored = fc.asyncProperty(contents, async (all) => {
  const root = mkdtempSync(join(tmpdir(), 'pidfd-fuzz-'));
  try {
    Object.keys(files).forEach((name, at) => {
      mkdirSync(dirname(join(root, name)), { recursive: true });
      writeFileSync(join(root, name), all[at] ?? '');
    });
    const [docker, storage, containerd, crio, runtimes] = Object.keys(files).map((name) => [
      join(root, name.split('/')[0] ?? ''),
    ]) as [string[], string[], string[], string[], string[]];
    await askAll({ docker, storage, containerd, crio, runtimes });
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
});

export const stateFileTargets: readonly Target[] = [
  { name: 'files of engines', cost: 20, property: () => stored },
];
