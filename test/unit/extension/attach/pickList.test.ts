import assert from 'node:assert/strict';
import { readPickArguments } from '../../../../extension/attach/picking/pickArguments';
import {
  isTraced,
  isTyped,
  needsFacts,
  ofAnyKind,
  pickList,
} from '../../../../extension/attach/picking/pickList';
import { PickFacts } from '../../../../extension/attach/picking/pickFacts';
import { RecentPrograms } from '../../../../extension/attach/picking/recentPrograms';
import { parseTypedProcess } from '../../../../extension/attach/picking/typedProcess';
import type { AttachPreflight, NamespaceNews, ProcessRow } from '../../../../native-host/protocol';
import { LiveNamespaces } from '../../../../views/liveNamespaces';
import { FakeHost, hostError } from '../../views/fakeHost';
import { keyOf, row } from '../../views/rows';
import { FakeMemory } from '../fakeMemory';

const id = (n: number) => String(n);

/** 5 and 6 are twins; 6 is in a container, where it is number 2. */
const news = {
  sets: [
    { pid: id(100), net: id(200) },
    { pid: id(101), net: id(201) },
  ],
  goneSets: [],
  namespaces: [
    { id: id(100), type: 'pid', isOurs: true },
    { id: id(101), type: 'pid', isOurs: false },
  ],
  goneNamespaces: [],
  containers: [
    { id: 'docker:f123456789ab', name: { text: 'web', engine: 'docker' } },
    { id: 'systemd:ssh.service', name: { text: 'ssh.service', engine: 'systemd' } },
  ],
  goneContainers: [],
  members: [
    { key: keyOf(5), set: 0, nsPid: null, container: 'systemd:ssh.service' },
    { key: keyOf(6), set: 1, nsPid: 2, container: 'docker:f123456789ab' },
  ],
  goneMembers: [],
} as unknown as NamespaceNews;

const rows: readonly ProcessRow[] = [
  row(2, 1, { kind: 'kernelThread' }),
  row(5, 1, { kind: 'node', args: ['node', 'a.js'] }),
  row(6, 1, { kind: 'node', args: ['node', 'a.js'], user: 'you', uid: 7 }),
  row(7, 1, { kind: 'go' }),
];

async function make() {
  const host = new FakeHost();
  host.on('namespaces/subscribe', () => news);
  host.on('processes/folders', ({ keys }) => ({
    folders: keys.map((key) => ({
      key,
      cwd: key === keyOf(7) ? { unknown: 'permission' } : { value: `/srv/${key}` },
    })),
  }));
  const tcp = { value: [8080, 8080, 81].map((port) => ({ address: '::', port })) };
  host.on('sockets/listening', () => ({ processes: [{ key: keyOf(7), tcp, unix: null }] }));
  const lines: string[] = [];
  const facts = new PickFacts(host, new LiveNamespaces(host), (line) => lines.push(line));
  await facts.lookUp(rows);
  const recents = new RecentPrograms(new FakeMemory());
  const pids = (given: object) => {
    const { recent, others } = pickList(rows, readPickArguments(given), facts, recents);
    return [recent, others].map((some) => some.map(({ pid }) => pid));
  };
  return { host, facts, recents, pids, lines };
}

describe('the list to pick from', () => {
  it('has the newest first, and no kernel threads', async () => {
    const { pids } = await make();
    assert.deepEqual(pids({}), [[], [7, 6, 5]]);
  });

  it('has what was debugged lately on top, by what was run', async () => {
    const { pids, recents } = await make();
    await recents.note(row(999, 1, { comm: 'name5', args: ['node', 'a.js'] }));
    await recents.note(row(998, 1, { comm: 'name7' }));
    assert.deepEqual(pids({}), [[7, 5], [6]]);
  });

  it('holds what the arguments ask for', async () => {
    const { pids } = await make();
    assert.deepEqual(pids({ user: 'you' }), [[], [6]]);
    assert.deepEqual(pids({ user: 1000 }), [[], [7, 5]]);
    assert.deepEqual(pids({ container: 'web' }), [[], [6]]);
    assert.deepEqual(pids({ container: 'f12345' }), [[], [6]]);
    assert.deepEqual(pids({ container: 'ssh.service' }), [[], []]);
    assert.deepEqual(pids({ namespace: 'ours' }), [[], [5]]);
    assert.deepEqual(pids({ namespace: 'net:[201]' }), [[], [6]]);
    assert.deepEqual(pids({ debugger: 'go' }), [[], [7]]);
    assert.deepEqual(pids({ debugger: 'node' }), [[], [6, 5]]);
    assert.deepEqual(pids({ filter: { cwd: '^/srv/6:' } }), [[], [6]]);
    assert.deepEqual(pids({ filter: 'name7|web' }), [[], [7, 6]]);
  });

  it('knows by executables what a debugger is for, and asks about nobody else', async () => {
    const { host, facts, pids } = await make();
    host.on('attach/runtime', ({ key }) => {
      if (key === keyOf(5)) return Promise.reject(hostError('Gone'));
      return { kind: key === keyOf(6) ? 'native' : 'node' };
    });
    const asked = (given: object) => ofAnyKind(rows, readPickArguments(given), facts);
    assert.deepEqual([...asked({}), ...asked({ debugger: 'lldb' })], []);
    assert.deepEqual(asked({ debugger: 'node', user: 'you' }), [rows[2]]);
    await facts.lookUpKinds(asked({ debugger: 'node' }));
    assert.deepEqual(pids({ debugger: 'node' }), [[], [7, 5]]);
    assert.deepEqual(pids({ debugger: 'lldb' }), [[], [7, 6, 5]]);
    const before = host.asked.length;
    await facts.lookUpKinds([rows[2]!, rows[3]!]);
    assert.equal(host.asked.length, before, 'each once');
  });

  it('waits for what the arguments need, and for nothing else', () => {
    assert.equal(needsFacts(readPickArguments({ user: 'me' })), false);
    assert.equal(needsFacts(readPickArguments({ filter: { name: 'x' } })), false);
    assert.equal(needsFacts(readPickArguments({ filter: 'x' })), true);
    assert.equal(needsFacts(readPickArguments({ container: 'x' })), true);
    assert.equal(needsFacts(readPickArguments({ namespace: 'ours' })), true);
  });

  it('knows who is meant by what is typed', async () => {
    const { facts } = await make();
    const typed = (text: string) =>
      rows.filter((one) => isTyped(one, parseTypedProcess(text)!, facts)).map(({ pid }) => pid);
    assert.deepEqual(typed('6'), [6]);
    assert.deepEqual(typed(keyOf(5)), [5]);
    assert.deepEqual(typed('web:2'), [6]);
    assert.deepEqual(typed('f123:2'), [6]);
    assert.deepEqual(typed('web:6'), []);
    assert.deepEqual(typed(':8080'), [7]);
    assert.deepEqual(typed(':80'), []);
    assert.deepEqual(facts.of(rows[3]!).ports, [8080, 81]);
  });

  it('asks the kernel once about one that a debugger would trace', async () => {
    const { host, facts } = await make();
    const [, node, , go] = rows;
    assert.equal(isTraced(node!, undefined), false);
    assert.equal(isTraced(node!, 'lldb'), true);
    assert.equal(isTraced(go!, undefined), true);
    assert.equal(isTraced(go!, 'java'), false);
    const refused = { verdict: 'refused', reasons: [{ kind: 'noCapability' }], row: go! };
    host.on('attach/preflight', () => refused as unknown as AttachPreflight);
    await facts.askKernel(go!);
    await facts.askKernel(go!);
    assert.equal(host.methodsAsked().filter((one) => one === 'attach/preflight').length, 1);
    assert.match(facts.of(go!).refusal ?? '', /SYS_PTRACE/);
    assert.equal(facts.of(node!).refusal, undefined);
  });

  it('is good without what cannot be looked up', async () => {
    const { host, facts, lines } = await make();
    host.on('processes/folders', () => Promise.reject(hostError('Exhausted')));
    await facts.lookUp(rows);
    assert.equal(lines.length, 1);
    host.on('processes/folders', () => Promise.reject(hostError('Unsupported')));
    await facts.lookUp(rows);
    assert.equal(lines.length, 1);
  });
});

describe('what was debugged lately', () => {
  it('is remembered by program and arguments, the last 20', async () => {
    const memory = new FakeMemory();
    const recents = new RecentPrograms(memory);
    for (let n = 1; n <= 21; n++) await recents.note(row(1, 1, { comm: `p${n}` }));
    const rank = (comm: string) => new RecentPrograms(memory).rank(row(2, 1, { comm }));
    assert.equal(rank('p21'), 0);
    assert.equal(rank('p2'), 19);
    assert.equal(rank('p1'), undefined);
    await recents.note(row(1, 1, { comm: 'p2' }));
    assert.equal(rank('p2'), 0);
    assert.equal(rank('p21'), 1);
  });

  it('is nothing where something else is stored', () => {
    const memory = new FakeMemory();
    void memory.update('attach.recent', { a: 1 });
    assert.equal(new RecentPrograms(memory).rank(row(1)), undefined);
  });
});
