import type { Capabilities } from './capabilities.js';
import type { Readers } from './handlers/parts.js';
import type { EpollLoop } from './kernel/epollLoop.js';
import { BatchTranslator } from './namespaces/batchTranslator.js';
import { NamespaceResolver } from './namespaces/namespaceResolver.js';
import { NumberScan } from './namespaces/numberScan.js';
import { Inventory } from './namespaces/inventory/inventory.js';
import { OwnTree } from './namespaces/ownTree.js';
import { PidNamespaceFds } from './namespaces/pidNamespaceFds.js';
import { PidNamespaces } from './namespaces/pidNamespaces.js';
import { Translator } from './namespaces/translator.js';
import { Ancestry } from './process/ancestry.js';
import { DetailsReader } from './table/detailsReader.js';
import type { ProcessOpener } from './process/processOpener.js';
import type { ProcRoot } from './procfs/procRoot.js';
import { SlowReads } from './procfs/slowReads.js';
import { Users } from './procfs/users.js';
import type { NamespaceNews } from './protocol.js';
import { log } from './rpc/outputs.js';
import type { Notify } from './rpc/serve.js';
import { GroupSignals } from './signals/group.js';
import { SignalSender } from './signals/send.js';
import { Threads } from './signals/threads.js';
import { GoPrograms } from './table/goPrograms.js';
import { ProcessTable, type TableListener } from './table/processTable.js';
import { RowReader } from './table/rowReader.js';
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
  /** Our own bundle, for helpers that we start. */
  readonly script: string;
}

/** All that reads processes through procfs, put together. */
export function buildReaders(options: ReaderOptions): Readers {
  const { root, opener, loop, capabilities, maxOpenFiles, notify, script } = options;
  const slow = new SlowReads();
  const users = new Users();
  const rows = new RowReader(opener, root, slow, users, new Uptime(root), new GoPrograms(slow));
  const fds = new PidNamespaceFds(opener, root);
  const translator = new Translator(opener, root, fds, {
    ioctls: capabilities.has('translateIoctls'),
  });
  const resolver = new NamespaceResolver(opener, fds, slow);
  const scan = new NumberScan(opener, root, fds, capabilities.has('procfsAll'));
  const ancestry = new Ancestry(root);
  const threads = new Threads(
    root,
    capabilities.has('threadPidfds') && capabilities.has('pidfdInfo'),
  );
  const reader = new TreeReader(root);
  const connector = capabilities.has('procConnector');
  const groups = new GroupSignals(opener, root, rows, capabilities.has('groupSignals'));
  const onDelta: TableListener = (delta) => notify('processes/delta', delta);
  const table = new ProcessTable({ root, reader: rows, users, maxOpenFiles, log });
  const onNews = (news: NamespaceNews) => notify('namespaces/news', news);
  return {
    root,
    rows,
    table,
    onDelta,
    inventory: new Inventory({ root, opener, table, onNews, log }),
    details: new DetailsReader(root, slow, translator),
    translator,
    batch: new BatchTranslator(resolver, fds, capabilities.has('translateIoctls') ? null : scan),
    ownTree: new OwnTree(resolver, translator, slow),
    pidNamespaces: new PidNamespaces(opener, root, fds, translator, rows),
    ancestry,
    threads,
    groups,
    signals: new SignalSender(threads, groups, ancestry),
    followings: new Followings({ opener, rows, reader, loop, connector, log }),
    trees: new TreeStops({
      ...{ opener, rows, ancestry, loop, script, reader, connector },
      progress: (event) => notify('tree/progress', event),
    }),
  };
}
