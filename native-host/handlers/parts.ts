import type { Runtimes } from '../attach/runtimes.js';
import type { Tracing } from '../attach/tracing.js';
import type { Preflight } from '../attach/preflight.js';
import type { Bridges } from '../bridge/bridges.js';
import type { Translation } from '../buildTranslation.js';
import type { Capabilities } from '../capabilities.js';
import { HostError } from '../hostError.js';
import type { Inventory } from '../namespaces/inventory/inventory.js';
import type { NextWatches } from '../next/nextWatches.js';
import type { PidNamespaces } from '../namespaces/pidNamespaces.js';
import type { Ancestry } from '../process/ancestry.js';
import type { DetailsReader } from '../table/detailsReader.js';
import { notShown } from '../process/notShown.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { Targets } from '../process/targets.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { Method, Params, ProcessRow, ProgramId, Result, World } from '../protocol.js';
import type { GroupSignals } from '../signals/group.js';
import type { SignalSender } from '../signals/send.js';
import type { Sockets } from '../sockets/sockets.js';
import type { Threads } from '../signals/threads.js';
import type { Folders } from '../table/folders.js';
import type { DeltaFeed } from '../table/deltaFeed.js';
import type { ProcessTable } from '../table/processTable.js';
import type { RowSource } from '../table/bareRows.js';
import type { RowReader } from '../table/rowReader.js';
import type { Sampler } from '../table/sampler.js';
import type { Followings } from '../tree/followings.js';
import type { TreeStops } from '../tree/treeStops.js';

/** What needs a procfs. */
export interface Readers {
  readonly root: ProcRoot;
  readonly table: ProcessTable;
  /** The client's subscription of the table. */
  readonly feed: DeltaFeed;
  readonly rows: RowReader;
  readonly details: DetailsReader;
  readonly sampler: Sampler;
  readonly folders: Folders;
  readonly runtimes: Runtimes;
  readonly pidNamespaces: PidNamespaces;
  readonly inventory: Inventory;
  readonly ancestry: Ancestry;
  readonly threads: Threads;
  readonly groups: GroupSignals;
  readonly signals: SignalSender;
  readonly trees: TreeStops;
  readonly followings: Followings;
  readonly tracing: Tracing;
  readonly preflight: Preflight;
  readonly sockets: Sockets;
  readonly nexts: NextWatches;
  readonly bridges: Bridges;
}

export interface Parts {
  readonly capabilities: Capabilities;
  readonly world: World;
  readonly maxOpenFiles: number;
  readonly opener: ProcessOpener;
  readonly targets: Targets;
  readonly translation: Translation;
  /** Those of the readers, or bare ones. */
  readonly rows: RowSource;
  /** null where there is no procfs of our own PID namespace. What is above works without. */
  readonly readers: Readers | null;
}

/**
 * One short function a request. Parameters are checked already; what is thrown is SysError or HostError.
 * The groups below make up the whole: see ../service.ts.
 */
export type Handlers = {
  readonly [M in Method]: (params: Params<M>) => Result<M> | Promise<Result<M>>;
};

/** @throws HostError Unsupported */
export function readersOf({ readers }: Parts): Readers {
  if (readers) return readers;
  throw new HostError('Unsupported', 'there is no procfs of this PID namespace');
}

/** @throws HostError Gone, Denied */
export async function rowOf(parts: Parts, process: PidFd): Promise<ProcessRow> {
  const row = await parts.rows.readOpened(process);
  if (row) return row;
  throw notShown(process);
}

/**
 * Same process is not same program. A zombie runs none any more, so it has not changed it.
 * @throws HostError ProgramChanged, with what runs there now
 */
export async function checkProgram(
  parts: Parts,
  process: PidFd,
  program: ProgramId | undefined,
): Promise<void> {
  if (program === undefined) return;
  const now = parts.readers?.rows.glance(process) ?? null;
  if (!now || now.state === 'Z' || now.program === program) return;
  const row = await rowOf(parts, process);
  throw new HostError('ProgramChanged', 'it runs another program by now', { row });
}
