import { Runtimes } from './attach/runtimes.js';
import { Tracing } from './attach/tracing.js';
import { EvidenceReader } from './attach/evidenceReader.js';
import { FactsReader } from './attach/factsReader.js';
import { Gdb } from './attach/gdb.js';
import { Preflight } from './attach/preflight.js';
import { Bridges } from './bridge/bridges.js';
import type { Capabilities } from './capabilities.js';
import type { Readers } from './handlers/parts.js';
import { EngineMemory } from './containers/engineMemory.js';
import { Namer } from './containers/namer.js';
import { usualPlaces } from './containers/stateFiles.js';
import type { EpollLoop } from './kernel/epollLoop.js';
import type { Translation } from './buildTranslation.js';
import { hostnameOf } from './namespaces/enter/hostname.js';
import { CountedContainers } from './namespaces/inventory/countedContainers.js';
import { Inventory } from './namespaces/inventory/inventory.js';
import { PidNamespaces } from './namespaces/pidNamespaces.js';
import { Ancestry } from './process/ancestry.js';
import { DetailsReader } from './table/detailsReader.js';
import type { ProcessOpener } from './process/processOpener.js';
import type { ProcRoot } from './procfs/procRoot.js';
import type { SlowReads } from './procfs/slowReads.js';
import type { Users } from './procfs/users.js';
import { NextWatches } from './next/nextWatches.js';
import type { NamespaceNews } from './protocol.js';
import { toErrorData } from './hostError.js';
import { log } from './rpc/outputs.js';
import type { Deliver, Notify } from './rpc/serve.js';
import { GroupSignals } from './signals/group.js';
import { SignalSender } from './signals/send.js';
import { Threads } from './signals/threads.js';
import { Folders } from './table/folders.js';
import { Sockets } from './sockets/sockets.js';
import { GoPrograms } from './table/goPrograms.js';
import { RowKinds } from './table/rowKinds.js';
import { DeltaFeed } from './table/deltaFeed.js';
import { ProcessTable } from './table/processTable.js';
import { RowReader } from './table/rowReader.js';
import { Sampler } from './table/sampler.js';
import { Uptime } from './table/uptime.js';
import { Followings } from './tree/followings.js';
import { TreeReader } from './tree/treeReader.js';
import { TreeStops } from './tree/treeStops.js';

export interface ReaderOptions {
  readonly root: ProcRoot;
  readonly opener: ProcessOpener;
  readonly loop: EpollLoop;
  readonly capabilities: Capabilities;
  readonly maxOpenFiles: number;
  readonly notify: Notify;
  readonly deliver: Deliver;
  /** Our own bundle, for helpers that we start. */
  readonly script: string;
  readonly slow: SlowReads;
  readonly users: Users;
  readonly translation: Translation;
}

/** All that reads processes through procfs, put together. */
export function buildReaders(options: ReaderOptions): Readers {
  const { root, opener, loop, capabilities, maxOpenFiles, notify, deliver, script } = options;
  const { slow, users } = options;
  const { namespaces, resolver, translator } = options.translation;
  const kinds = new RowKinds(new GoPrograms(slow, root));
  const rows = new RowReader(opener, root, slow, users, new Uptime(root), kinds);
  const ancestry = new Ancestry(root);
  const tracing = new Tracing({ root, opener, rows, ancestry });
  const threads = new Threads(
    root,
    capabilities.has('threadPidfds') && capabilities.has('pidfdInfo'),
  );
  const reader = new TreeReader(root);
  const connector = capabilities.has('procConnector');
  const groups = new GroupSignals(opener, root, rows, capabilities.has('groupSignals'));
  const feed = new DeltaFeed((delta) => deliver('processes/delta', delta));
  const table = new ProcessTable({
    ...{ root, reader: rows, users, maxOpenFiles, script, log },
    newsLoop: connector ? loop : null,
  });
  const namer = new Namer({
    ...{ root, opener, places: usualPlaces(process.env), engines: new EngineMemory() },
    hostname: (key) => hostnameOf(key, opener, root),
  });
  const onNews = (news: NamespaceNews) => notify('namespaces/news', news);
  const inventory = new Inventory({ root, opener, users, table, namer, onNews, log });
  resolver.containers = new CountedContainers(() => inventory.count());
  return {
    root,
    rows,
    table,
    feed,
    inventory,
    details: new DetailsReader(root, slow, translator),
    sampler: new Sampler(opener, root, slow, (pid, state) => table.seen(pid, state)),
    folders: new Folders(opener, root),
    pidNamespaces: new PidNamespaces(opener, root, namespaces, translator, rows),
    ancestry,
    tracing,
    threads,
    groups,
    signals: new SignalSender(threads, groups, ancestry),
    ...buildAttach(options, ancestry, tracing),
    ...buildReach(options, rows),
    nexts: new NextWatches(
      { ...{ opener, root, slow, rows, reader, ancestry }, ...{ loop, connector, script, log } },
      {
        found: (event) => notify('next/found', event),
        failed: (token, error) =>
          notify('next/failed', { token, error: toErrorData(error, maxOpenFiles) }),
      },
    ),
    followings: new Followings({ opener, rows, reader, loop, connector, log }),
    trees: new TreeStops({
      ...{ opener, rows, ancestry, loop, script, reader, connector },
      progress: (event) => notify('tree/progress', event),
    }),
  };
}

function buildAttach(
  { root, opener, slow }: ReaderOptions,
  ancestry: Ancestry,
  tracing: Tracing,
): Pick<Readers, 'runtimes' | 'preflight'> {
  const runtimes = new Runtimes(root, slow);
  const evidence = new EvidenceReader(root, ancestry, tracing, opener);
  const facts = new FactsReader(root, slow, runtimes);
  return { runtimes, preflight: new Preflight(evidence, facts, new Gdb(root), ancestry) };
}

function buildReach(
  { root, opener, script }: ReaderOptions,
  rows: RowReader,
): Pick<Readers, 'sockets' | 'bridges'> {
  return { sockets: new Sockets(root, opener, rows), bridges: new Bridges(root, script) };
}
