import { HostError } from '../hostError.js';
import type { EpollLoop } from '../kernel/epollLoop.js';
import type { Ancestry } from '../process/ancestry.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { Stat } from '../procfs/stat.js';
import type {
  Notifications,
  ProcessKey,
  ProcessRow,
  SignalStep,
  TargetToken,
  TreePreview,
  TreeReport,
} from '../protocol.js';
import type { RowReader } from '../table/rowReader.js';
import { Guardian } from './guardian.js';
import { Lineage } from './lineage.js';
import { Tree } from './tree.js';
import type { TreeReader } from './treeReader.js';
import { TreeStop } from './treeStop.js';

export interface TreeStopsParts {
  readonly opener: ProcessOpener;
  readonly rows: RowReader;
  readonly reader: TreeReader;
  readonly ancestry: Ancestry;
  readonly loop: EpollLoop;
  /** The kernel tells of forks here. */
  readonly connector: boolean;
  /** What the guardian is started with. */
  readonly script: string;
  readonly progress: (event: Notifications['tree/progress']) => void;
}

/** A tree that grows faster than it is read has no end. */
const previewMs = 5000;
/** A person reads the question that shows the preview. */
const rememberMs = 60_000;

/** The trees that are being stopped, by the token that the client chose. */
export class TreeStops {
  private readonly stops = new Map<TargetToken, TreeStop>();
  private known: ReadonlyMap<ProcessKey, ProcessRow> = new Map();
  private forget: NodeJS.Timeout | undefined;

  constructor(private readonly parts: TreeStopsParts) {}

  /**
   * Takes over `root`.
   * @throws HostError Refused: we or our ancestors are in that tree; Overlaps: another stop is at it; Invalid: the token
   * is in use
   */
  async run(token: TargetToken, root: PidFd, steps: readonly SignalStep[]): Promise<TreeReport> {
    const stop = this.begin(token, root);
    this.stops.set(token, stop);
    try {
      return await stop.run(root, steps);
    } finally {
      this.stops.delete(token);
    }
  }

  /** Idempotent: it may have come to its end in the same moment. */
  cancel(token: TargetToken): void {
    this.stops.get(token)?.cancel();
  }

  /** For the end of the pipe: nothing that was stopped stays stopped. */
  release(): void {
    for (const stop of this.stops.values()) stop.release();
  }

  /** The tree as it is now; stops nothing. Takes over `root`, and refuses what a stop would refuse. */
  async preview(root: PidFd): Promise<TreePreview> {
    const { opener, rows, reader, ancestry } = this.parts;
    orClose(root, () => this.check(root));
    using tree = new Tree({ opener, rows, reader, lineage: null });
    await tree.begin(root);
    await tree.addDescendants(previewMs);
    const guards = ancestry.guardsAmong(tree.members.map(({ process }) => process.pid));
    const found = tree.members.map(({ row }) => row);
    this.remember(found);
    return {
      rows: found,
      guards,
      foreground: tree.members.some(({ process }) => isForeground(reader.stat(process))),
    };
  }

  /** For the stop that may follow. */
  private remember(rows: readonly ProcessRow[]): void {
    this.known = new Map(rows.map((row) => [row.key, row]));
    clearTimeout(this.forget);
    this.forget = setTimeout(() => (this.known = new Map()), rememberMs).unref();
  }

  /** Two stops of one process would continue what the other holds still. */
  private refusal(root: PidFd): HostError | null {
    const { ancestry } = this.parts;
    const details = { pid: root.pid };
    if (ancestry.contains(root.pid)) {
      const reason = 'the native host belongs to that tree and would stop itself';
      return new HostError('Refused', reason, details);
    }
    const overlaps = [...this.stops.values()].some((stop) => stop.overlaps(root, ancestry));
    return overlaps ? new HostError('Overlaps', 'it is being stopped already', details) : null;
  }

  /** @throws HostError where it may not be stopped */
  private check(root: PidFd): void {
    const refusal = this.refusal(root);
    if (refusal) throw refusal;
  }

  private begin(token: TargetToken, root: PidFd): TreeStop {
    return orClose(root, () => {
      if (this.stops.has(token)) throw new HostError('Invalid', 'this token is in use');
      this.check(root);
      return this.create(token);
    });
  }

  private create(token: TargetToken): TreeStop {
    const { script, opener, progress, connector, loop } = this.parts;
    return new TreeStop({
      ...this.parts,
      guardian: new Guardian(script, opener.tier),
      lineage: connector ? Lineage.tryOpen(loop) : null,
      known: this.known,
      progress: (event) => progress({ token, ...event }),
    });
  }
}

/** What was taken over is closed where that fails: out of descriptors, say. */
function orClose<T>(root: PidFd, action: () => T): T {
  try {
    return action();
  } catch (error) {
    root[Symbol.dispose]();
    throw error;
  }
}

function isForeground(stat: Stat | null): boolean {
  return stat !== null && stat.terminal !== 0 && stat.foregroundGroup === stat.group;
}
