// What befalls a native host. Each says what it does to a child of ours at some moment.
import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { HostProcess } from '../../extension/host/hostProcess';
import { openPidfd, sendSignal } from '../../native-host/kernel/pidfd';
import { procfs } from '../support/procfs';
import { fullPipe } from './fullPipe';

export interface Struck {
  readonly child: HostProcess;
  /** Our own child, not reaped before it has ended: the number is its own. */
  readonly pid: number;
  /** One more large answer is asked for. */
  readonly askMore: () => void;
  /** Aborted as soon as all that was asked is answered. */
  readonly over: AbortSignal;
}

export interface FaultKind {
  readonly strike: (struck: Struck) => Promise<void> | void;
  /** It goes on, and answers, however long that takes: nothing may be lost with it. */
  readonly isSurvived?: true;
  /** It takes its time, in which nothing can be answered: no reason to end it as one that is silent. */
  readonly isLong?: true;
  readonly isStarving?: true;
}

/** Of the guardian and other children: pidfds, since they may end at any time. */
function killChildren({ pid }: Struck): void {
  for (const child of procfs.children(pid)) {
    try {
      using held = openPidfd(child);
      if (procfs.stat(child)?.ppid === pid) sendSignal(held, constants.signals.SIGKILL);
    } catch {
      // it has ended
    }
  }
}

/** No more memory than it has: the next page that it asks for is refused. V8 says so and ends its process. */
function starve({ pid }: Struck): void {
  const [kilobytes] = procfs.status(pid, 'VmSize') ?? [];
  if (kilobytes === undefined) throw new Error('the native host ended before it was starved');
  const limit = `--as=${Number(kilobytes) * 1024}`;
  const { status, stderr, error } = spawnSync('prlimit', [`--pid=${pid}`, limit]);
  if (status !== 0) throw new Error(`prlimit: ${error?.message ?? String(stderr)}`);
}

export const faultKinds: Readonly<Record<string, FaultKind>> = {
  killed: { strike: ({ pid }) => void process.kill(pid, 'SIGKILL') },
  'killed while it writes': {
    isLong: true,
    strike: async (struck) => {
      await fullPipe.fill(struck);
      process.kill(struck.pid, 'SIGKILL');
      struck.child.stdout.resume();
    },
  },
  stopped: { strike: ({ pid }) => void process.kill(pid, 'SIGSTOP') },
  'stopped for a moment': {
    isSurvived: true,
    strike: async ({ pid }) => {
      process.kill(pid, 'SIGSTOP');
      await delay(100);
      process.kill(pid, 'SIGCONT');
    },
  },
  'out of memory': { strike: starve, isStarving: true },
  'its children killed': { strike: killChildren, isSurvived: true },
  'its input ended': { strike: ({ child }) => void child.stdin.end() },
  'a message cut': {
    strike: ({ child }) => void child.stdin.end('Content-Length: 100\r\n\r\n{"jsonrpc"'),
  },
  'its output not taken any more': { strike: ({ child }) => void child.stdout.destroy() },
  'its output taken late': {
    isSurvived: true,
    strike: async ({ child }) => {
      child.stdout.pause();
      await delay(200);
      child.stdout.resume();
    },
  },
  'its output taken slowly': {
    isSurvived: true,
    strike: async (struck) => {
      await fullPipe.fill(struck);
      fullPipe.trickle(struck);
    },
  },
  restarted: { strike: () => undefined }, // by the supervisor, see moments.ts
};
