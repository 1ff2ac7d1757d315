import assert from 'node:assert/strict';
import { parseEnter } from '../../../native-host/namespaces/enter/enterCommand';
import { parseIdMap, toInside } from '../../../native-host/namespaces/enter/idMap';
import {
  credentials,
  type EntryFacts,
  nsenterCommand,
} from '../../../native-host/namespaces/enter/plan';

const ids = (number: number) => ({ uid: number, gid: number });
const root: EntryFacts = { euid: 0, ours: null, target: ids(5), groupsFixed: true };
const rootless: EntryFacts = { euid: 1000, ours: ids(0), target: ids(0), groupsFixed: true };

describe('credentials', () => {
  it('are kept where we are that user already', () => {
    for (const user of ['root', 'target', 'ours'] as const) {
      assert.deepEqual(credentials(rootless, ['user'], user), ['--preserve-credentials']);
    }
    const facts = { ...root, ours: ids(0), target: ids(0) };
    assert.deepEqual(credentials(facts, ['net'], 'target'), []);
  });

  it('change to the wanted user', () => {
    assert.deepEqual(credentials(root, ['user'], 'root'), ['--setuid=0', '--setgid=0']);
    assert.deepEqual(credentials(root, ['user'], 'target'), ['--setuid=5', '--setgid=5']);
    assert.deepEqual(credentials(root, ['user'], 'ours'), ['--preserve-credentials']);
  });

  it('leave groups alone where nobody may change them', () => {
    const facts = { ...rootless, target: ids(33) };
    const expected = ['--preserve-credentials', '--setuid=33'];
    assert.deepEqual(credentials(facts, ['user', 'mnt'], 'target'), expected);
  });

  it('are none where nobody is that user, or only root becomes it', () => {
    assert.equal(credentials({ ...root, target: null }, ['user'], 'target'), null);
    const outside = { ...rootless, ours: ids(1000), target: ids(1001) };
    assert.equal(credentials(outside, ['net'], 'target'), null);
    assert.equal(credentials(outside, ['net'], 'root'), null);
    assert.deepEqual(credentials(outside, ['net'], 'ours'), []);
  });
});

describe('nsenterCommand', () => {
  it('names inherited descriptors in order', () => {
    assert.deepEqual(nsenterCommand(['mnt', 'net'], null, ['--setuid=0'], ['sh', '--mount']), [
      'nsenter',
      '--mount=/proc/self/fd/3',
      '--net=/proc/self/fd/4',
      '--setuid=0',
      '--',
      'sh',
      '--mount',
    ]);
  });

  it('goes through the user namespace in between first', () => {
    const command = nsenterCommand(['net'], '/proc/9/fd/20', [], ['sh']).join(' ');
    const outer = 'nsenter --user=/proc/9/fd/20 --preserve-credentials --';
    assert.equal(command, `${outer} nsenter --net=/proc/self/fd/3 -- sh`);
  });
});

describe('id maps', () => {
  it('give the number inside', () => {
    const map = parseIdMap(Buffer.from('         0       1000          1\n 1 100000 65536\n'));
    assert.equal(toInside(map, 1000), 0);
    assert.equal(toInside(map, 100033), 34);
    assert.equal(toInside(map, 165535), 65536);
    assert.equal(toInside(map, 165536), null);
    assert.equal(toInside(map, 0), null);
    assert.deepEqual(parseIdMap(Buffer.from('')), []);
  });
});

describe('parseEnter', () => {
  it('reads options before --, and leaves all after it to the command', () => {
    const words = ['1:2', '--join=net,mnt', '--user=root', '--', 'ls', '--join=x'];
    assert.deepEqual(parseEnter(words), {
      key: '1:2',
      join: ['mnt', 'net'],
      user: 'root',
      check: false,
      command: ['ls', '--join=x'],
    });
    const plain = { key: '1:2', join: null, user: 'target', check: true, command: [] };
    assert.deepEqual(parseEnter(['1:2', '--check']), plain);
  });

  it('understands nothing else', () => {
    const wrong = ['', '--join=', '--join=net,', '--user=', '--target=1', '--check 1 2', '-- 1:2'];
    for (const words of wrong) {
      const own = words === '' || words.startsWith('-- ') ? [] : ['1:2'];
      assert.equal(parseEnter([...own, ...words.split(' ').filter(Boolean)]), null, words);
    }
  });

  it('takes no option that it does not understand for a key', () => {
    for (const word of ['--CHECK', '-- ', '--join\n=x'])
      assert.equal(parseEnter([word]), null, word);
  });
});
