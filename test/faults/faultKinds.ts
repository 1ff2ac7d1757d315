// What befalls a native host. Each says what it does to a child of ours at some moment.
import { spawnSync } from 'node:child_process';
import { constants } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import type { HostProcess } from '../../extension/host/hostProcess';
import { openPidfd, sendSignal } from '../../native-host/kernel/pidfd';
import { procfs } from '../support/procfs';

export interface Struck {
  readonly child: HostProcess;
  /** Our own child, not reaped before it has ended: the number is its own. */
  readonly pid: number;
}

type Strike = (struck: Struck) => Promise<void> | void;

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

/** No more memory than it has: the next page that it asks for is refused. */
function starve({ pid }: Struck): void {
  const kilobytes = Number(procfs.status(pid, 'VmSize')?.[0] ?? 0);
  spawnSync('prlimit', [`--pid=${pid}`, `--as=${kilobytes * 1024}`]);
}

export const faultKinds: Readonly<Record<string, Strike>> = {
  killed: ({ pid }) => void process.kill(pid, 'SIGKILL'),
  stopped: ({ pid }) => void process.kill(pid, 'SIGSTOP'),
  'stopped for a moment': async ({ pid }) => {
    process.kill(pid, 'SIGSTOP');
    await delay(100);
    process.kill(pid, 'SIGCONT');
  },
  'out of memory': starve,
  'its children killed': killChildren,
  'its input ended': ({ child }) => void child.stdin.end(),
  'a message cut': ({ child }) => void child.stdin.end('Content-Length: 100\r\n\r\n{"jsonrpc"'),
  'its output not taken any more': ({ child }) => void child.stdout.destroy(),
  'its output taken late': async ({ child }) => {
    child.stdout.pause();
    await delay(200);
    child.stdout.resume();
  },
  restarted: () => undefined, // by the supervisor, see moments.ts
};
