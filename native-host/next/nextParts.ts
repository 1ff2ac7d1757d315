import type { EpollLoop } from '../kernel/epollLoop.js';
import type { Ancestry } from '../process/ancestry.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { SlowReads } from '../procfs/slowReads.js';
import type { RowReader } from '../table/rowReader.js';
import type { TreeReader } from '../tree/treeReader.js';

export interface NextParts {
  readonly opener: ProcessOpener;
  readonly root: ProcRoot;
  readonly slow: SlowReads;
  readonly rows: RowReader;
  readonly reader: TreeReader;
  readonly ancestry: Ancestry;
  readonly loop: EpollLoop;
  /** The kernel tells of execs here. */
  readonly connector: boolean;
  /** What the guardian of stopped processes is started with. */
  readonly script: string;
  readonly log: (message: string) => void;
}
