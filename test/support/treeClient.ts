// A program for test/host/treeFaults.test.ts: a client that stops the tree of the process with the given number, and is
// killed together with its native host, whose number it prints. It begins when it is told to.
import { once } from 'node:events';
import { protocolVersion } from '../../native-host/protocol';
import { HostClient } from './hostClient';
import { trees } from './trees';

async function main(): Promise<void> {
  const host = new HostClient();
  await host.request('initialize', { protocolVersion });
  process.stdout.write(`${host.pid}\n`);
  await once(process.stdin, 'data');
  await trees.stop(host, { pid: Number(process.argv[2]) });
}

void main();
