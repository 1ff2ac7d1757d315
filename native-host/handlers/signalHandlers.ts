import { constants } from 'node:os';
import { toErrorData, toHostError, type HostError } from '../hostError.js';
import { parseKey } from '../process/identity.js';
import type { PidFd } from '../process/pidFd.js';
import type {
  BatchResult,
  Params,
  ProcessKey,
  SignalGuard,
  SignalPreview,
  SignalPreviews,
  SignalResult,
} from '../protocol.js';
import { bareGuards, sendBare } from '../signals/bareSignals.js';
import { allSignals, foresee } from '../signals/preview.js';
import { checkProgram, readersOf, rowOf, type Handlers, type Parts } from './parts.js';

type Names =
  'signal/send' | 'signal/batch' | 'signal/preview' | 'signal/previews' | 'signal/threads';

/** What they do is announced to nobody. */
const { SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT } = constants.signals;
const pauses: ReadonlySet<number> = new Set([SIGSTOP, SIGTSTP, SIGTTIN, SIGTTOU, SIGCONT]);

export function signalHandlers(parts: Parts): Pick<Handlers, Names> {
  return {
    'signal/send': (params) => send(parts, params),
    'signal/batch': (params) => sendBatch(parts, params),
    'signal/preview': (params) => preview(parts, params),
    'signal/previews': ({ key }) => previews(parts, key),
    'signal/threads': ({ key }) => {
      using process = parts.opener.byKey(key);
      return { threads: readersOf(parts).threads.list(process) };
    },
  };
}

async function send(parts: Parts, params: Params<'signal/send'>): Promise<SignalResult> {
  using process = parts.opener.byKey(params.key);
  if (params.program !== undefined) await checkProgram(parts, process, params.program);
  const scope = params.scope ?? { kind: 'process' };
  try {
    const signal = { number: params.signal, value: params.value, scope };
    if (!parts.readers) return sendBare(process, signal);
    const result = await parts.readers.signals.send(process, signal);
    if (pauses.has(params.signal)) parts.readers.table.expect(process.pid);
    return result;
  } catch (error) {
    throw await withOwner(parts, process, error);
  }
}

async function sendBatch(parts: Parts, { items, ...order }: Params<'signal/batch'>) {
  const results: BatchResult[] = [];
  for (const item of items) results.push(await attempt(parts, { ...item, ...order }));
  return { results };
}

async function attempt(parts: Parts, params: Params<'signal/send'>): Promise<BatchResult> {
  try {
    return { result: await send(parts, params) };
  } catch (error) {
    return { error: toErrorData(toHostError(error), parts.maxOpenFiles) };
  }
}

/** A refusal names whose process it is; a process that is gone has nothing left to tell. */
async function withOwner(parts: Parts, process: PidFd, error: unknown): Promise<HostError> {
  const row = await parts.rows.readOpened(process);
  return toHostError(error, row ? { pid: process.pid, row } : { pid: process.pid });
}

async function preview(
  parts: Parts,
  { key, signal, scope }: Params<'signal/preview'>,
): Promise<SignalPreview> {
  using process = parts.opener.byKey(key);
  const row = await rowOf(parts, process);
  const thread = scope?.kind === 'thread' ? (parseKey(scope.thread)?.pid ?? null) : null;
  const { effect, pending } = foresee(process, row, parts.readers?.root ?? null, thread);
  const one = { row, effect: effect(signal), pending };
  if (scope?.kind === 'group') return { ...one, ...(await ofGroup(parts, process, signal)) };
  return { ...one, guards: guardsOf(parts, process) };
}

/** What there is to say of all its members. */
async function ofGroup(
  parts: Parts,
  process: PidFd,
  signal: number,
): Promise<Pick<SignalPreview, 'guards' | 'members'>> {
  const { readers } = parts;
  if (!readers) return { guards: guardsOf(parts, process) };
  const looks = await readers.groups.each(process, async (member) => {
    const guards = readers.ancestry.guards(member.pid);
    const row = await parts.rows.readOpened(member);
    return { guards, effect: row && foresee(member, row, readers.root).effect(signal) };
  });
  const members = looks.flatMap(({ effect }) => effect ?? []); // without those that have ended
  return { guards: [...new Set(looks.flatMap(({ guards }) => guards))], members };
}

async function previews(parts: Parts, key: ProcessKey): Promise<SignalPreviews> {
  using process = parts.opener.byKey(key);
  const row = await rowOf(parts, process);
  const { effect, pending } = foresee(process, row, parts.readers?.root ?? null);
  return { row, effects: allSignals.map(effect), pending, guards: guardsOf(parts, process) };
}

function guardsOf({ readers }: Parts, { pid }: PidFd): SignalGuard[] {
  return readers ? readers.ancestry.guards(pid) : bareGuards(pid);
}
