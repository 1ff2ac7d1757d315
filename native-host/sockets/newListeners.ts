import { setTimeout as wait } from 'node:timers/promises';
import { HostError } from '../hostError.js';
import type { PidFd } from '../process/pidFd.js';
import type { Known, TcpListener } from '../protocol.js';
import { NetTables } from './netTables.js';
import type { Sockets } from './sockets.js';
import type { ProcRoot } from '../procfs/procRoot.js';

/** Between two looks, and so many times as long as a look took: nobody announces a socket, and many descriptors cost time. */
const leastPauseMs = 5;
const pauseFactor = 4;

/**
 * The sockets on which a held process has begun to listen, as soon as there are some; none when the time is over.
 * @throws HostError Gone, Denied
 */
export async function newListeners(
  { root, sockets }: { root: ProcRoot; sockets: Sockets },
  process: PidFd,
  known: readonly TcpListener[],
  withinMs: number,
): Promise<readonly TcpListener[]> {
  const before = new Set(known.map(nameOf));
  const until = performance.now() + withinMs;
  for (;;) {
    const start = performance.now();
    const { tcp } = sockets.of(process, new NetTables(root, false), false);
    const fresh = valueOf(tcp, process).filter((one) => !before.has(nameOf(one)));
    const now = performance.now();
    if (fresh.length > 0 || now >= until) return fresh;
    const pause = Math.max(leastPauseMs, pauseFactor * (now - start));
    await wait(Math.min(pause, until - now));
  }
}

const nameOf = ({ address, port }: TcpListener) => `${address} ${port}`;

function valueOf<T>(known: Known<T>, { pid }: PidFd): T {
  if ('value' in known) return known.value;
  if (known.unknown === 'gone') throw new HostError('Gone', 'it has ended', { pid });
  throw new HostError('Denied', 'its sockets cannot be told', { pid });
}
