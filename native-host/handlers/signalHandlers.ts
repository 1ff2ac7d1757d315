import { toErrorData, toHostError, type HostError } from '../hostError.js';
import type { PidFd } from '../process/pidFd.js';
import type { BatchResult, Params, SignalPreview, SignalResult } from '../protocol.js';
import { previewSignal } from '../signals/preview.js';
import { checkProgram, readersOf, rowOf, type Handlers, type Parts } from './parts.js';

export function signalHandlers(
  parts: Parts,
): Pick<Handlers, 'signal/send' | 'signal/batch' | 'signal/preview' | 'signal/threads'> {
  return {
    'signal/send': (params) => send(parts, params),
    'signal/batch': (params) => sendBatch(parts, params),
    'signal/preview': (params) => preview(parts, params),
    'signal/threads': ({ key }) => {
      using process = parts.opener.byKey(key);
      return { threads: readersOf(parts).threads.list(process) };
    },
  };
}

async function send(parts: Parts, params: Params<'signal/send'>): Promise<SignalResult> {
  using process = parts.opener.byKey(params.key);
  const zombie = (await checkProgram(parts, process, params.program))?.state === 'Z';
  const scope = params.scope ?? { kind: 'process' };
  try {
    const signal = { number: params.signal, value: params.value, scope };
    return await readersOf(parts).signals.send(process, signal, zombie);
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
  const row = await parts.readers?.rows.readOpened(process);
  return toHostError(error, row ? { pid: process.pid, row } : { pid: process.pid });
}

async function preview(parts: Parts, params: Params<'signal/preview'>): Promise<SignalPreview> {
  using process = parts.opener.byKey(params.key);
  const { root, ancestry } = readersOf(parts);
  const row = await rowOf(parts, process);
  const effect = previewSignal(process, row, params.signal, root);
  return { row, ...effect, guards: ancestry.guards(process.pid) };
}
