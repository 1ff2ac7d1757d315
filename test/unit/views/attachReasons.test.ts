import assert from 'node:assert/strict';
import { preflightText } from '../../../extension/attach/preflightText';
import type {
  AttachPreflight,
  AttachReason,
  Known,
  TcpListener,
} from '../../../native-host/protocol';
import { attachFact } from '../../../views/attach/attachFact';
import { attachFacts } from '../../../views/attach/attachFacts';
import { listeningFact } from '../../../views/attach/listeningFact';
import { reasonText } from '../../../views/attach/reasonText';
import { FakeHost, hostError } from './fakeHost';
import { row } from './rows';

const uids = { real: 0, effective: 0, saved: 0 };
const gdb = row(4712, null, { comm: 'gdb' });
const every: readonly AttachReason[] = [
  { kind: 'kernelThread' },
  { kind: 'ended' },
  { kind: 'firstThreadEnded' },
  { kind: 'traced', tid: 4713, tracer: { row: gdb, isOurs: false } },
  { kind: 'traced', tid: 4713, tracer: null },
  { kind: 'otherUser', uids },
  { kind: 'setUid', uids },
  { kind: 'notDumpable' },
  { kind: 'capabilities' },
  { kind: 'userNamespace' },
  { kind: 'yama', scope: 1, descends: false },
  { kind: 'yama', scope: 1, descends: true },
  { kind: 'yama', scope: 2, descends: false },
  { kind: 'yama', scope: 3, descends: false },
  { kind: 'noCapability' },
  { kind: 'ptraceForbidden' },
  { kind: 'securityModule', label: 'docker-default (enforce)' },
  { kind: 'securityModule', label: null },
  { kind: 'cannotAsk' },
];

const target = row(4711, null, { comm: 'server', user: 'root' });
const hopeless = ['kernelThread', 'ended', 'cannotAsk'];

const preflight = (
  reasons: readonly AttachReason[],
  verdict: AttachPreflight['verdict'] = reasons.length === 0 ? 'allowed' : 'refused',
): AttachPreflight => ({
  row: target,
  verdict,
  reasons,
  asked: 'pidfd',
  guards: [],
  facts: {
    exe: { value: '/usr/bin/server' },
    exeDeleted: false,
    numbers: { value: [4711] },
    shares: { pid: true, mnt: true, net: true, user: true },
    catchesSigusr1: false,
    stopped: false,
    nodeOptions: null,
    gdb: null,
  },
});

describe('why a debugger cannot attach', () => {
  it('is said for every reason, with what helps where something does', () => {
    for (const reason of every) {
      const { why, remedy } = reasonText(reason, target);
      assert.match(why, /^[a-z]/, 'it follows a colon');
      assert.doesNotMatch(why, /\.$/);
      assert.equal(remedy === null, hopeless.includes(reason.kind), reason.kind);
      if (remedy !== null) assert.match(remedy, /^[A-Z]/);
    }
    assert.equal(new Set(every.map((one) => reasonText(one, target).why)).size, every.length);
  });

  it('names who debugs it, and whose it is', () => {
    assert.match(attachFact(preflight([every[3]!])), /^cannot attach: gdb \(pid 4712\) debugs it/);
    assert.match(attachFact(preflight([every[4]!])), /thread 4713, which cannot be seen/);
    assert.match(attachFact(preflight([every[5]!])), /belongs to root\. Start .*sudo/);
  });

  it('gives a line to paste where Yama stands in the way', () => {
    const text = attachFact(preflight([{ kind: 'yama', scope: 1, descends: false }]));
    assert.match(text, /prctl\(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0\)/);
    assert.match(text, /sudo sysctl kernel\.yama\.ptrace_scope=0/);
    const unsure = attachFact(preflight([{ kind: 'yama', scope: 1, descends: true }], 'unsure'));
    assert.match(
      unsure,
      /^may not be able to attach: .*which the native host of Pidfd Explorer is/,
    );
  });

  it('is nothing where it can', () => {
    assert.equal(attachFact(preflight([])), 'can attach');
    assert.equal(preflightText(preflight([])), null);
  });

  it('is a message that names the process, all reasons and all remedies', () => {
    const said = preflightText(preflight([every[3]!, every[7]!]));
    assert.ok(said);
    assert.match(
      said.text,
      /^No debugger can attach to server \(pid 4711\): gdb \(pid 4712\) debugs/,
    );
    assert.match(said.text, /may not be dumped/);
    assert.match(said.text, /detach first.*PR_SET_DUMPABLE, 1\)/);
    assert.equal(said.tracer, gdb);
    assert.equal(said.short, 'gdb (pid 4712) debugs it already');
  });

  it('shows what a process chose as what it is', () => {
    const label = 'evil](command:x)\n';
    const said = preflightText(preflight([{ kind: 'securityModule', label }]));
    assert.doesNotMatch(said?.text ?? '', /\]\(|\n/);
  });
});

describe('where a process listens', () => {
  const of = (tcp: Known<readonly TcpListener[]>) =>
    listeningFact({ key: target.key, tcp, unix: null });

  it('is said as addresses, or not at all', () => {
    assert.equal(of({ value: [] }), undefined);
    const value = [
      { address: '127.0.0.1', port: 9229 },
      { address: '::1', port: 80 },
      { address: '0.0.0.0', port: 22 },
    ];
    assert.equal(of({ value }), '127.0.0.1:9229, [::1]:80, any address:22');
    assert.match(of({ unknown: 'permission' }) ?? '', /^unknown \(/);
  });
});

describe('what the tooltip says of debugging', () => {
  const asked = (tcp: Known<readonly TcpListener[]>) => {
    const host = new FakeHost();
    host.on('sockets/listening', () => ({ processes: [{ key: target.key, tcp, unix: null }] }));
    host.on('attach/preflight', () => preflight([]));
    return host;
  };

  it('is asked of that very process', async () => {
    const host = asked({ value: [{ address: '127.0.0.1', port: 1 }] });
    assert.deepEqual(await attachFacts(host, target), [
      { name: 'Listens on', value: '127.0.0.1:1' },
      { name: 'Debugger', value: 'can attach' },
    ]);
    for (const { params } of host.asked) assert.match(JSON.stringify(params), /4711:5711/);
  });

  it('leaves out ports of those that have none', async () => {
    const names = (await attachFacts(asked({ value: [] }), target)).map(({ name }) => name);
    assert.deepEqual(names, ['Debugger']);
    const host = asked({ unknown: 'permission' });
    const facts = await attachFacts(host, row(2, null, { kind: 'kernelThread' }));
    assert.deepEqual(
      facts.map(({ name }) => name),
      ['Debugger'],
    );
    assert.deepEqual(
      host.asked.map(({ method }) => method),
      ['attach/preflight'],
    );
  });

  it('says what could not be asked, and leaves the end of a process to the whole tooltip', async () => {
    const host = asked({ value: [] });
    host.on('attach/preflight', () => {
      throw new Error('no way');
    });
    const [fact] = await attachFacts(host, target);
    assert.deepEqual(fact, { name: 'Debugger', value: 'unknown (no way)' });
    host.on('attach/preflight', () => {
      throw hostError('Gone');
    });
    await assert.rejects(attachFacts(host, target));
  });
});
