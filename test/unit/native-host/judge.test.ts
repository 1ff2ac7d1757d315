import assert from 'node:assert/strict';
import type { Evidence } from '../../../native-host/attach/evidence';
import { judge } from '../../../native-host/attach/judge';
import type { AttachReason } from '../../../native-host/protocol';

const CAP_SYS_PTRACE = 1n << 19n;
const user = { uids: [1000, 1000, 1000], gids: [1000, 1000, 1000] } as const;
const root = { uids: [0, 0, 0], gids: [0, 0, 0] } as const;
const nothing = { permitted: 0n, effective: 0n };
const everything = { permitted: (1n << 41n) - 1n, effective: (1n << 41n) - 1n };

const ordinary: Evidence = {
  kernelThread: false,
  ended: false,
  firstThreadEnded: false,
  traced: null,
  answer: 'allowed',
  target: { ...user, ...nothing },
  ours: { ...user, ...nothing },
  dumpable: true,
  sharesUserNamespace: true,
  yamaScope: null,
  descends: false,
  ptraceCallable: true,
  label: null,
};

const kinds = (evidence: Partial<Evidence>): readonly AttachReason['kind'][] =>
  judge({ ...ordinary, ...evidence }).reasons.map(({ kind }) => kind);

describe('the verdict of the preflight', () => {
  it("is the kernel's, whatever we know", () => {
    assert.deepEqual(judge(ordinary), { verdict: 'allowed', reasons: [] });
    assert.equal(judge({ ...ordinary, dumpable: false }).verdict, 'allowed');
    assert.equal(judge({ ...ordinary, answer: 'denied' }).verdict, 'refused');
    assert.deepEqual(judge({ ...ordinary, answer: null }), {
      verdict: 'unsure',
      reasons: [{ kind: 'cannotAsk' }],
    });
  });

  it('names what holds for root as well, though the kernel would say yes to the question', () => {
    const traced = { kind: 'traced', tid: 7, tracer: null } as const;
    const ours = { ...root, ...everything };
    assert.deepEqual(kinds({ ours, kernelThread: true, answer: 'denied' }), ['kernelThread']);
    assert.deepEqual(kinds({ ours, ended: true, firstThreadEnded: true }), ['ended']);
    assert.deepEqual(kinds({ ours, firstThreadEnded: true }), ['firstThreadEnded']);
    assert.deepEqual(kinds({ ours, traced }), ['traced']);
    assert.deepEqual(kinds({ ours, ptraceCallable: false }), ['ptraceForbidden']);
  });

  it('adds why the kernel refuses to what holds for everybody', () => {
    const traced = { kind: 'traced', tid: 7, tracer: null } as const;
    assert.deepEqual(kinds({ traced, answer: 'denied', dumpable: false }), [
      'traced',
      'notDumpable',
    ]);
  });

  it('compares all three numbers of user and group', () => {
    const denied = { answer: 'denied' } as const;
    const target = { ...user, ...nothing };
    assert.deepEqual(kinds({ ...denied, target: { ...target, uids: [0, 0, 0] } }), ['otherUser']);
    assert.deepEqual(kinds({ ...denied, target: { ...target, uids: [1000, 0, 0] } }), ['setUid']);
    assert.deepEqual(kinds({ ...denied, target: { ...target, uids: [1000, 1000, 0] } }), [
      'setUid',
    ]);
    assert.deepEqual(kinds({ ...denied, target: { ...target, gids: [1000, 50, 50] } }), ['setUid']);
  });

  describe('under Yama', () => {
    const denied = { answer: 'denied' } as const;
    const capable = { ...root, permitted: CAP_SYS_PTRACE, effective: CAP_SYS_PTRACE };

    it('1 refuses whoever does not descend and has not named us', () => {
      const { verdict, reasons } = judge({ ...ordinary, ...denied, yamaScope: 1 });
      assert.equal(verdict, 'refused');
      assert.deepEqual(reasons, [{ kind: 'yama', scope: 1, descends: false }]);
    });

    it('1 lets us in because it descends from us, which is not sure for a debugger', () => {
      const { verdict, reasons } = judge({ ...ordinary, yamaScope: 1, descends: true });
      assert.equal(verdict, 'unsure');
      assert.deepEqual(reasons, [{ kind: 'yama', scope: 1, descends: true }]);
    });

    it('1 lets in whom the program has named, and who has the capability', () => {
      assert.deepEqual(kinds({ yamaScope: 1 }), []);
      assert.deepEqual(kinds({ yamaScope: 1, descends: true, ours: capable }), []);
    });

    it('2 wants the capability', () => {
      assert.deepEqual(judge({ ...ordinary, ...denied, yamaScope: 2 }).reasons, [
        { kind: 'yama', scope: 2, descends: false },
      ]);
      assert.deepEqual(kinds({ yamaScope: 2, ours: capable }), []);
    });

    it('3 refuses everybody', () => {
      assert.deepEqual(kinds({ ...denied, yamaScope: 3 }), ['yama']);
      assert.deepEqual(kinds({ ...denied, yamaScope: 3, ours: capable }), ['yama']);
    });
  });

  it('takes user namespaces that are not ours for the reason, also against the capability', () => {
    const ours = { ...root, ...everything };
    const away = { answer: 'denied', sharesUserNamespace: false } as const;
    assert.deepEqual(kinds(away), ['userNamespace']);
    assert.deepEqual(kinds({ ...away, ours, target: { ...root, ...nothing } }), ['userNamespace']);
  });

  it('says that root lacks the capability, and what it would be needed for', () => {
    const ours = { ...root, ...nothing };
    const denied = { ours, answer: 'denied' } as const;
    assert.deepEqual(kinds(denied), ['noCapability', 'otherUser']);
    const target = { ...root, permitted: 1n, effective: 0n };
    assert.deepEqual(kinds({ ...denied, target }), ['noCapability', 'capabilities']);
  });

  it('leaves what nothing explains to a security module', () => {
    const label = 'docker-default (enforce)';
    assert.deepEqual(judge({ ...ordinary, answer: 'denied', label }).reasons, [
      { kind: 'securityModule', label },
    ]);
    const ours = { ...root, ...everything };
    assert.deepEqual(kinds({ answer: 'denied', ours }), ['securityModule']);
  });
});
