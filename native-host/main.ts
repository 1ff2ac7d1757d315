/**
 * The native host: builds the parts, serves the pipe on stdin and stdout, ends with it. Logs go to stderr.
 * `--without=a,b` does without capabilities, so that tests can walk the weaker tiers. With other words: see cli.ts.
 */
import { buildReaders } from './buildReaders.js';
import { buildTranslation } from './buildTranslation.js';
import { probeCapabilities } from './capabilities.js';
import { runCommandLine } from './cli.js';
import { HostEnd } from './hostEnd.js';
import { EpollLoop } from './kernel/epollLoop.js';
import { exitNow } from './kernel/exitNow.js';
import { makeRoomForFiles, raiseOpenFileLimit } from './kernel/resources.js';
import { ProcConnector } from './kernel/procConnector.js';
import { ExitNews } from './process/exitNews.js';
import { ProcessOpener } from './process/processOpener.js';
import { TrustingOpener } from './process/trustingOpener.js';
import { Targets } from './process/targets.js';
import { procfsUsed } from './procfs/procfsUsed.js';
import { SlowReads } from './procfs/slowReads.js';
import { BareRows } from './table/bareRows.js';
import { ProcRoot } from './procfs/procRoot.js';
import { Users } from './procfs/users.js';
import { log, output } from './rpc/outputs.js';
import { Peer } from './rpc/serve.js';
import { createService } from './service.js';
import { describeWorld } from './world.js';

/** For Node itself, the pipe, scans and requests under way. */
const reservedFiles = 48;
/** As many as reading a crowd takes (table/tableReader.ts). */
const roomForFiles = 4096;

function without(): Set<string> {
  const option = process.argv.find((argument) => argument.startsWith('--without='));
  return new Set(option?.slice('--without='.length).split(','));
}

/** @throws Error outside of tests */
function trusts(): boolean {
  if (!without().has('identityChecks')) return false;
  if (process.env['PIDFD_EXPLORER_TEST'] === '1') return true;
  throw new Error('identity checks can be switched off in tests only');
}

async function serve(): Promise<void> {
  const Opener = trusts() ? TrustingOpener : ProcessOpener;
  const end = new HostEnd();
  process.on('uncaughtException', end.onUncaught);
  const loop = new EpollLoop(end.onUncaught);
  end.waitsFor(loop);
  const maxOpenFiles = raiseOpenFileLimit();
  const room = makeRoomForFiles(roomForFiles);
  const onEnd = (fault: Error | null) => void end.ofPipe(fault);
  const peer = new Peer({ input: process.stdin, output }, onEnd, log);
  const { notify, deliver } = peer;
  const capabilities = await probeCapabilities(loop, without());
  const { has, tier } = capabilities;
  const root = has('procfs') ? ProcRoot.open() : null;
  const opener = new Opener(tier, root);
  const script = process.argv[1] ?? '';
  const [slow, users] = [new SlowReads(), new Users()];
  const translation = buildTranslation(opener, root, slow, capabilities);
  const common = { opener, loop, capabilities, maxOpenFiles, slow, users, translation };
  const readers = root && buildReaders({ ...common, root, notify, deliver, script });
  end.first(() => readers?.trees.release());
  end.first(() => readers?.nexts.endAll());
  const rows = readers?.rows ?? new BareRows(users);
  const capacity = Math.max(1, maxOpenFiles - reservedFiles);
  const newsOfExits = () => new ExitNews((onEvent) => new ProcConnector(loop, onEvent));
  const exitNews = has('procConnector') && !has('exitInfo') ? newsOfExits() : null;
  const targets = new Targets(
    loop,
    {
      exited: (event) => notify('target/exited', event),
      reaped: (event) => notify('target/reaped', event),
    },
    { pollHup: has('pollHup'), exitInfo: has('exitInfo'), exitNews, capacity, root },
  );
  const world = describeWorld(root, procfsUsed(root, capabilities), users);
  const parts = { capabilities, world, maxOpenFiles, opener, targets, translation, rows, readers };
  await room; // mostly there by now, since probing takes longer
  peer.serve(createService(parts), maxOpenFiles);
}

async function main(): Promise<void> {
  const code = await runCommandLine(process.argv.slice(2));
  if (code === null) await serve();
  else process.exitCode = code;
}

main().catch((error: unknown) => {
  log(String(error instanceof Error ? error.stack : error));
  exitNow(70); // EX_SOFTWARE; a wait of the loop would hold up any other end
});
