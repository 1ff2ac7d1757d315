/**
 * Which of the checks in __ptrace_may_access and ptrace_attach (kernel/ptrace.c), cap_ptrace_access_check
 * (security/commoncap.c) and yama_ptrace_access_check stands in the way. The kernel gives one EPERM for all of them.
 */
import { CAP_SYS_PTRACE } from '../kernel/constants.js';
import type { AttachReason, AttachVerdict, UserIds } from '../protocol.js';
import type { Credentials, Evidence } from './evidence.js';

export interface Judgement {
  readonly verdict: AttachVerdict;
  readonly reasons: readonly AttachReason[];
}

const refused = (...reasons: AttachReason[]): Judgement => ({ verdict: 'refused', reasons });

export function judge(evidence: Evidence): Judgement {
  if (evidence.kernelThread) return refused({ kind: 'kernelThread' });
  if (evidence.ended) return refused({ kind: 'ended' });
  const reasons = [...obstacles(evidence), ...(evidence.answer === 'denied' ? why(evidence) : [])];
  if (reasons.length > 0) return refused(...reasons);
  if (evidence.answer === null) return { verdict: 'unsure', reasons: [{ kind: 'cannotAsk' }] };
  return isOnlyOurs(evidence)
    ? { verdict: 'unsure', reasons: [{ kind: 'yama', scope: 1, descends: true }] }
    : { verdict: 'allowed', reasons: [] };
}

/** They hold for everybody, root included. */
function obstacles({ firstThreadEnded, traced, ptraceCallable }: Evidence): AttachReason[] {
  const reasons: AttachReason[] = [];
  if (firstThreadEnded) reasons.push({ kind: 'firstThreadEnded' });
  if (traced) reasons.push(traced);
  if (!ptraceCallable) reasons.push({ kind: 'ptraceForbidden' });
  return reasons;
}

/** Yama lets ancestors trace. A debugger is another process than the one that asked, with other descendants. */
const isOnlyOurs = ({ yamaScope, descends, ours }: Evidence) =>
  yamaScope === 1 && descends && !isCapable(ours);

const isCapable = ({ effective }: Credentials) =>
  ((effective >> BigInt(CAP_SYS_PTRACE)) & 1n) === 1n;

function why(evidence: Evidence): AttachReason[] {
  const reasons = isCapable(evidence.ours) ? whyNotCapable(evidence) : whyNotOrdinary(evidence);
  return reasons.length > 0 ? reasons : [{ kind: 'securityModule', label: evidence.label }];
}

/** A capability reaches into the user namespaces below ours, and Yama's 3 stops it. */
function whyNotCapable(evidence: Evidence): AttachReason[] {
  const reasons: AttachReason[] = [];
  if (evidence.yamaScope === 3) reasons.push({ kind: 'yama', scope: 3, descends: false });
  if (evidence.sharesUserNamespace === false) reasons.push({ kind: 'userNamespace' });
  return reasons;
}

function whyNotOrdinary(evidence: Evidence): AttachReason[] {
  const { ours, target } = evidence;
  const reasons: AttachReason[] = [];
  if (ours.uids[1] === 0) reasons.push({ kind: 'noCapability' });
  const user = target && whoseElse(ours, target);
  if (user) reasons.push(user);
  else if (evidence.sharesUserNamespace === false) reasons.push({ kind: 'userNamespace' });
  else if (target) reasons.push(...whyNotOwn(evidence, target));
  return [...reasons, ...yama(evidence)];
}

/** The same user, in the same user namespace. */
function whyNotOwn({ ours, dumpable }: Evidence, { permitted }: Credentials): AttachReason[] {
  const reasons: AttachReason[] = [];
  if (dumpable === false) reasons.push({ kind: 'notDumpable' });
  if ((permitted & ~ours.permitted) !== 0n) reasons.push({ kind: 'capabilities' });
  return reasons;
}

/** All three of its numbers must be our real one (PTRACE_MODE_REALCREDS), of users and of groups. */
function whoseElse(ours: Credentials, target: Credentials): AttachReason | null {
  const [uid, gid] = [ours.uids[0], ours.gids[0]];
  if (target.uids.every((one) => one === uid) && target.gids.every((one) => one === gid)) {
    return null;
  }
  return { kind: target.uids[0] === uid ? 'setUid' : 'otherUser', uids: userIds(target) };
}

function userIds({ uids: [real, effective, saved] }: Credentials): UserIds {
  return { real, effective, saved };
}

function yama({ yamaScope, descends }: Evidence): AttachReason[] {
  if (yamaScope === 1) return descends ? [] : [{ kind: 'yama', scope: 1, descends }];
  return yamaScope === 2 || yamaScope === 3 ? [{ kind: 'yama', scope: yamaScope, descends }] : [];
}
