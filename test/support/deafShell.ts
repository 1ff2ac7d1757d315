import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';

/** Takes no notice of SIGTERM: a shell that says so first, since it would die of one that comes before its trap. */
export async function startDeafShell(): Promise<ChildProcess & { pid: number }> {
  const script = 'trap "" TERM; echo deaf; while :; do sleep 1; done';
  const child = spawn('sh', ['-c', script], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(child.stdout, 'data');
  return child as typeof child & { pid: number };
}
