import { setImmediate as nextTurn } from 'node:timers/promises';
import { HostError } from '../hostError.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { Known, Listening, PortOwners, PortServed, ProcessKey } from '../protocol.js';
import type { RowReader } from '../table/rowReader.js';
import { unknown } from '../procfs/known.js';
import { NetTables, type NetTable } from './netTables.js';
import { portServed, type Holder } from './portServed.js';
import { sameUser } from './sameUser.js';
import { inodesOf } from './socketInodes.js';

/** How long the host answers nobody else while it looks through many processes. */
const turnMs = 5;

/** Who waits for connections where: descriptors of processes, joined with what their network namespace says. */
export class Sockets {
  constructor(
    private readonly root: ProcRoot,
    private readonly opener: ProcessOpener,
    private readonly rows: RowReader,
  ) {}

  /** `keys` null: all that listen and can be read. */
  async listening(keys: readonly ProcessKey[] | null, withUnix: boolean): Promise<Listening[]> {
    const tables = new NetTables(this.root, withUnix);
    const found: Listening[] = [];
    if (keys) {
      for await (const key of inTurns(keys)) found.push(this.byKey(key, tables, withUnix));
      return found;
    }
    for await (const process of this.everybody()) {
      const one = this.of(process, tables, withUnix);
      if (isAnything(one.tcp) || (one.unix && isAnything(one.unix))) found.push(one);
    }
    return found;
  }

  /** Who listens on a port where that process is. @throws HostError Denied, SysError */
  async owners(port: number, process: PidFd): Promise<PortOwners> {
    const table = new NetTables(this.root, false).of(process);
    if (!table) throw unreadable(process);
    const wanted = [...table.tcp].filter(([, listener]) => listener.port === port);
    const inodes = new Set(wanted.map(([inode]) => inode));
    const owners = await this.holders(inodes);
    return {
      listeners: wanted.map(([, listener]) => listener),
      owners: owners.map(({ row }) => row),
    };
  }

  /** What a port where that process is has to do with it. @throws HostError Gone, SysError */
  async served(port: number, process: PidFd): Promise<PortServed> {
    const served = await portServed(this.root, process, port, (inodes) => this.holders(inodes));
    if (process.isReaped()) throw new HostError('Gone', 'it has ended', { pid: process.pid });
    return served;
  }

  /** Of both ends of a connection on the loopback. null: it cannot be told. */
  isSameUser(port: number, peer: number): boolean | null {
    return sameUser(this.root, port, peer);
  }

  /** Where a held process listens. */
  of(process: PidFd, tables: NetTables, withUnix: boolean): Listening {
    const inodes = inodesOf(this.root, process);
    const table = tables.of(process);
    const pick = <T>(all: (table: NetTable) => ReadonlyMap<string, T>) => join(inodes, table, all);
    return {
      key: process.key,
      tcp: pick(({ tcp }) => tcp),
      unix: withUnix ? pick(({ unix }) => unix) : null,
    };
  }

  private byKey(key: ProcessKey, tables: NetTables, withUnix: boolean): Listening {
    try {
      using process = this.opener.byKey(key);
      return this.of(process, tables, withUnix);
    } catch (error) {
      if (!HostError.is(error, 'Gone')) throw error;
      return { key, tcp: unknown('gone'), unix: withUnix ? unknown('gone') : null };
    }
  }

  private async holders(inodes: ReadonlySet<string>): Promise<Holder[]> {
    const found: Holder[] = [];
    if (inodes.size === 0) return found;
    for await (const process of this.everybody()) {
      const own = inodesOf(this.root, process);
      const all = 'value' in own ? own.value : null;
      const holds = all && [...all].some((inode) => inodes.has(inode));
      const row = holds ? await this.rows.readOpened(process) : null;
      if (row && all) found.push({ row, inodes: all });
    }
    return found;
  }

  private async *everybody(): AsyncGenerator<PidFd> {
    for await (const pid of inTurns(this.root.pids())) {
      using process = this.opener.tryNumber(pid);
      if (process) yield process;
    }
  }
}

async function* inTurns<T>(all: readonly T[]): AsyncGenerator<T> {
  let since = performance.now();
  for (const one of all) {
    yield one;
    if (performance.now() - since < turnMs) continue;
    await nextTurn();
    since = performance.now();
  }
}

/** `table` null: the process does not say where it is. */
function join<T>(
  inodes: Known<ReadonlySet<string>>,
  table: NetTable | null,
  all: (table: NetTable) => ReadonlyMap<string, T>,
): Known<readonly T[]> {
  if (!('value' in inodes)) return inodes;
  if (!table) return unknown('permission');
  const found = [...inodes.value].flatMap((inode) => all(table).get(inode) ?? []);
  return { value: found };
}

const isAnything = (list: Known<readonly unknown[]>) => 'value' in list && list.value.length > 0;

function unreadable(process: PidFd): HostError {
  if (process.isReaped()) return new HostError('Gone', 'it has ended', { pid: process.pid });
  return new HostError('Denied', 'its network namespace cannot be told', { pid: process.pid });
}
