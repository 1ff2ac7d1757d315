import type { ProcessKey } from '../../../native-host/protocol';
import type { Clock } from '../../../views/clock';
import { isKind } from '../../../views/errorData';
import type { HostApi } from '../../../views/hostApi';

const paceMs = 50;
const longestMs = 5000;

/**
 * Tells a debugger to leave the process that it is on by mistake, and waits until it has. VS Code ends the adapter two
 * seconds after it was told to disconnect, and a debugger that is killed leaves its breakpoints in the process, which
 * dies of them: so VS Code is told to end the session only when nobody traces the process any more.
 * Resolves with whether it was left.
 */
export async function letGo(
  { host, clock }: { readonly host: HostApi; readonly clock: Clock },
  key: ProcessKey,
  disconnect: () => PromiseLike<unknown>,
): Promise<boolean> {
  const wait = (ms: number) => new Promise<void>((resolve) => void clock.after(ms, resolve));
  const refused = () => undefined; // an adapter that is over already has left
  await Promise.race([disconnect().then(undefined, refused), wait(longestMs)]);
  for (const end = clock.elapsed() + longestMs; clock.elapsed() < end; await wait(paceMs)) {
    if (!(await isTraced(host, key))) return true;
  }
  return false;
}

async function isTraced(host: HostApi, key: ProcessKey): Promise<boolean> {
  try {
    return (await host.request('attach/proof', { key })).tracer !== null;
  } catch (error) {
    return !isKind(error, 'Gone'); // while that cannot be told, it counts as traced
  }
}
