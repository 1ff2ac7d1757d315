import type { AttachPreflight, ProcessRow } from '../../../native-host/protocol';
import { systemClock, type Clock } from '../../../views/clock';
import type { HostApi } from '../../../views/hostApi';
import { askedPort } from '../attaching/listenedPort';
import type { Debugger } from '../debuggers/debugger';
import { inspectorOptions } from '../nodeInspector/inspectorOptions';

/** So long a runtime may take to start. What it is like then is told by whoever needs it. */
const longestMs = 10_000;
const paceMs = 20;

/**
 * After a process has begun to run: until a debugger that speaks with the runtime in it finds it ready, or nothing more
 * is to be expected. Those that trace it need not wait.
 */
export async function untilReachable(
  host: HostApi,
  row: ProcessRow,
  one: Debugger,
  clock: Clock = systemClock,
): Promise<void> {
  const end = clock.elapsed() + longestMs;
  while (clock.elapsed() < end) {
    const seen = await host.request('attach/preflight', { key: row.key });
    if (!seen.facts.stopped && (await isReady(host, seen, one))) return;
    await new Promise<void>((resolve) => void clock.after(paceMs, resolve));
  }
}

async function isReady(host: HostApi, seen: AttachPreflight, one: Debugger): Promise<boolean> {
  const { row, facts } = seen;
  if (one.proof === 'inspector') {
    const { fromStart } = inspectorOptions(row.args, facts.nodeOptions ?? '');
    return fromStart ? isListening(host, row) : facts.catchesSigusr1 !== false;
  }
  const port = askedPort(one.type, row.args);
  if (port === undefined) return one.type !== 'rdbg' || isListening(host, row);
  return port === 0 ? isListening(host, row) : isServed(host, row, port);
}

/** debugpy has another process wait for the debugger. */
async function isServed(host: HostApi, { key }: ProcessRow, port: number): Promise<boolean> {
  return (await host.request('sockets/served', { port, key })).by !== null;
}

async function isListening(host: HostApi, { key }: ProcessRow): Promise<boolean> {
  const { processes } = await host.request('sockets/listening', { keys: [key], unix: true });
  const { tcp, unix } = processes[0] ?? {};
  return [tcp, unix].some((one) => one && 'value' in one && one.value.length > 0);
}
