// What a native host that serves a view takes of memory.
import { readFileSync } from 'node:fs';
import type { Benchmark } from './runner/benchmark';
import { figureOf, repeat } from './runner/measure';
import { startHost } from './runner/startHost';

export const aims = { 'host.rss_mb': 70 };
export const names = Object.keys(aims);

async function hostMemory(): Promise<number> {
  const host = await startHost();
  await host.request('processes/subscribe', null);
  const status = readFileSync(`/proc/${host.pid}/status`, 'utf8');
  await host.close();
  return (Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024) / 1e6;
}

export const run: Benchmark['run'] = async (options) => ({
  'host.rss_mb': figureOf(await repeat(options, hostMemory), 'MB'),
});
