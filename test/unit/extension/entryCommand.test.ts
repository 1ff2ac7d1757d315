import assert from 'node:assert/strict';
import { entryCommand, sudoEntryArguments } from '../../../extension/namespaces/entryCommand';
import { otherWays } from '../../../extension/namespaces/otherWays';
import { keyOf, row } from '../views/rows';

const node = { program: '/usr/bin/node', script: '/ext/native-host.js', isElectron: false };
const electron = { ...node, program: '/usr/share/code/code', isElectron: true };

describe('what a terminal runs to be in the namespaces of a process', () => {
  it('names the process by its key, and what to join', () => {
    assert.deepEqual(entryCommand(node, keyOf(7), ['mnt', 'pid'], 'root'), {
      program: '/usr/bin/node',
      args: ['/ext/native-host.js', 'enter', keyOf(7), '--join=mnt,pid', '--user=root'],
      env: {},
    });
  });

  it('tells Electron to be Node', () => {
    assert.deepEqual(entryCommand(electron, keyOf(7), ['net'], 'ours').env, {
      ELECTRON_RUN_AS_NODE: '1',
    });
  });

  it('leaves to root what to join, and sudo no environment', () => {
    assert.deepEqual(sudoEntryArguments(electron, keyOf(7)), [
      '--',
      'env',
      'ELECTRON_RUN_AS_NODE=1',
      '/usr/share/code/code',
      '/ext/native-host.js',
      'enter',
      keyOf(7),
      '--user=target',
    ]);
  });
});

describe('what else may let a user in', () => {
  const titles = (shell: readonly string[] | null) =>
    otherWays(node, row(7), shell).map(({ title }) => title);

  it('is root, where the container has no engine that could', () => {
    assert.deepEqual(titles(null), ['Open as Root']);
  });

  it('is its engine first, word for word as the native host says', () => {
    assert.deepEqual(titles(['docker', 'exec']), ['Use Its Engine', 'Open as Root']);
    const [engine] = otherWays(node, row(7), ['docker', 'exec', '-it', 'a$(b)', 'sh']);
    assert.deepEqual(engine?.command, {
      program: 'docker',
      args: ['exec', '-it', 'a$(b)', 'sh'],
      env: {},
    });
  });
});
