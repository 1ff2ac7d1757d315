import { constants } from 'node:os';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { HostClient } from '../../support/hostClient';
import { startHost } from './startHost';

/** A native host that collects its garbage when it is asked for its memory. */
export async function startCollectingHost(): Promise<HostClient> {
  const before = process.env['NODE_OPTIONS'];
  process.env['NODE_OPTIONS'] = `--require ${path.join(__dirname, 'collectGarbage.js')}`;
  try {
    return await startHost();
  } finally {
    if (before === undefined) delete process.env['NODE_OPTIONS'];
    else process.env['NODE_OPTIONS'] = before;
  }
}

/** Bytes that it has in memory when its garbage is collected. */
export async function memoryOf(host: HostClient): Promise<number> {
  const { key } = await host.request('processes/find', { pid: host.pid });
  for (let time = 0; time < 3; time++) {
    await host.request('signal/send', { key, signal: constants.signals.SIGUSR2 });
    await host.request('processes/find', { pid: host.pid });
  }
  const status = readFileSync(`/proc/${host.pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1]) * 1024;
}
