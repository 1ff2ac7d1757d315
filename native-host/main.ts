/**
 * The native host: builds the parts, serves the pipe on stdin and stdout, ends with it. Logs go to stderr.
 * `--without=a,b` does without capabilities, so that tests can walk the weaker tiers.
 */
import { probeCapabilities, type Capabilities } from './capabilities.js';
import { EpollLoop } from './kernel/epollLoop.js';
import { raiseOpenFileLimit } from './kernel/resources.js';
import { PidNamespaceFds } from './namespaces/pidNamespaceFds.js';
import { PidNamespaces } from './namespaces/pidNamespaces.js';
import { Translator } from './namespaces/translator.js';
import { DetailsReader } from './process/details.js';
import { ProcessOpener } from './process/processOpener.js';
import { Targets } from './process/targets.js';
import { ProcRoot } from './procfs/procRoot.js';
import { SlowReads } from './procfs/slowReads.js';
import { Users } from './procfs/users.js';
import { log, output } from './rpc/outputs.js';
import { Peer, type Notify } from './rpc/serve.js';
import { Service, type Readers } from './service.js';
import { GoPrograms } from './table/goPrograms.js';
import { ProcessTable } from './table/processTable.js';
import { RowReader } from './table/rowReader.js';
import { Uptime } from './table/uptime.js';
import { describeWorld } from './world.js';

function buildReaders(
  root: ProcRoot,
  opener: ProcessOpener,
  capabilities: Capabilities,
  maxOpenFiles: number,
  notify: Notify,
): Readers {
  const slow = new SlowReads();
  const users = new Users();
  const rows = new RowReader(opener, root, slow, users, new Uptime(root), new GoPrograms(slow));
  const table = new ProcessTable({
    root,
    reader: rows,
    users,
    maxOpenFiles,
    log,
    onDelta: (delta) => notify('processes/delta', delta),
  });
  const fds = new PidNamespaceFds(opener, root);
  const translator = new Translator(opener, root, fds, {
    ioctls: capabilities.has('translateIoctls'),
  });
  const pidNamespaces = new PidNamespaces(opener, root, fds, translator, rows);
  return {
    table,
    rows,
    details: new DetailsReader(root, slow, translator),
    translator,
    pidNamespaces,
  };
}

/** For Node itself, the pipe, scans and requests under way. */
const reservedFiles = 48;

function without(): Set<string> {
  const option = process.argv.find((argument) => argument.startsWith('--without='));
  return new Set(option?.slice('--without='.length).split(','));
}

async function main(): Promise<void> {
  const loop = new EpollLoop();
  const maxOpenFiles = raiseOpenFileLimit();
  const peer = new Peer({ input: process.stdin, output }, (fault) => void end(loop, fault));
  const capabilities = await probeCapabilities(loop, without());
  const root = capabilities.has('procfs') ? ProcRoot.open() : null;
  const opener = new ProcessOpener(capabilities.tier, root);
  const targets = new Targets(
    loop,
    {
      exited: (event) => peer.notify('target/exited', event),
      reaped: (event) => peer.notify('target/reaped', event),
    },
    {
      pollHup: capabilities.has('pollHup'),
      exitInfo: capabilities.has('exitInfo'),
      capacity: Math.max(1, maxOpenFiles - reservedFiles),
      root,
    },
  );
  const readers = root && buildReaders(root, opener, capabilities, maxOpenFiles, peer.notify);
  const world = describeWorld(root, new Users());
  const service = new Service({ capabilities, world, maxOpenFiles, opener, targets, readers });
  peer.serve(service.handlers, maxOpenFiles);
}

/** 65 is EX_DATAERR of sysexits.h: the client sent what is no message. The kernel closes what is still open. */
async function end(loop: EpollLoop, fault: Error | null): Promise<void> {
  if (fault) log(`closed: ${fault.message}`);
  await loop.stop();
  process.exit(fault ? 65 : 0);
}

main().catch((error: unknown) => {
  log(String(error instanceof Error ? error.stack : error));
  process.exitCode = 70; // EX_SOFTWARE
});
