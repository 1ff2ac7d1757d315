// A native host whose pipe to us is full: a part of what it says is on its way, the rest waits in it.
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { eventually } from '../support/eventually';
import { procfs } from '../support/procfs';
import type { Struck } from './faultKinds';

const EPOLLOUT = 4;
const moreMs = 100;
const [chunkBytes, everyMs] = [8192, 2];

/** Its event loop waits until it may write on its standard output again: proc_pid_fdinfo(5). */
function isFull(pid: number): boolean {
  return procfs.openFiles(pid).some((file) => {
    const [fd, target] = file.split(' ');
    if (target !== 'anon_inode:[eventpoll]') return false;
    const told = readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'latin1');
    const [, events = '0'] = /^tfd: +1 events: +([0-9a-f]+)/m.exec(told) ?? [];
    return (parseInt(events, 16) & EPOLLOUT) !== 0;
  });
}

/** Nothing is taken any more, and so much asked that what is said does not fit: one message is cut in its middle. */
async function fill({ child, pid, askMore, over }: Struck): Promise<void> {
  child.stdout.pause();
  over.addEventListener('abort', () => child.stdout.resume(), { once: true }); // else it never ends
  await eventually('the pipe is full', async () => {
    askMore(); // some are short: on a busy machine not all arguments can be read in time
    await delay(moreMs);
    return isFull(pid);
  });
}

/** From now on some kilobytes at a time are taken, until the moment is over. */
function trickle({ child: { stdout }, over }: Struck): void {
  const take = () => void stdout.read(Math.min(chunkBytes, stdout.readableLength));
  const timer = setInterval(take, everyMs);
  over.addEventListener('abort', () => clearInterval(timer), { once: true });
}

export const fullPipe = { fill, trickle };
