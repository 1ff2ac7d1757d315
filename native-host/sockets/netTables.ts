import { readView } from '../kernel/files.js';
import type { PidFd } from '../process/pidFd.js';
import { orNull, type ProcRoot } from '../procfs/procRoot.js';
import type { TcpListener } from '../protocol.js';
import { parseListeners } from './tcpTable.js';
import { parseUnixListeners } from './unixTable.js';

/** Sockets that listen in one network namespace, by inode: which of all the machine's sockets that is. */
export interface NetTable {
  readonly tcp: ReadonlyMap<string, TcpListener>;
  readonly unix: ReadonlyMap<string, string>;
}

/** The tables of network namespaces, each read once, through whichever of its processes comes first. For one moment. */
export class NetTables {
  private readonly tables = new Map<string, NetTable>();

  constructor(
    private readonly root: ProcRoot,
    private readonly withUnix: boolean,
  ) {}

  /** null: gone, or its network namespace cannot be told. */
  of(process: PidFd): NetTable | null {
    const link = process.whileAlive((pid) => this.root.tryLink(`${pid}/ns/net`));
    const known = link && this.tables.get(link);
    if (known || !link) return known || null;
    const table = process.whileAlive((pid) => this.read(pid));
    if (table) this.tables.set(link, table);
    return table;
  }

  private read(pid: number): NetTable {
    const tcp = new Map(['tcp', 'tcp6'].flatMap((name) => [...this.tcp(`${pid}/net/${name}`)]));
    const unix = this.withUnix ? this.root.tryReadWhole(`${pid}/net/unix`) : null;
    return { tcp, unix: unix ? parseUnixListeners(unix.toString('utf8')) : new Map() };
  }

  /** Only as far as there are listeners: connections can be many thousands. */
  private tcp(path: string): Map<string, TcpListener> {
    const read = orNull(() => {
      using file = this.root.open(path);
      let text = '';
      for (;;) {
        const part = readView(file).toString('latin1');
        text += part;
        const { listeners, isWhole } = parseListeners(text);
        if (isWhole || part === '') return listeners;
      }
    });
    return read ?? new Map<string, TcpListener>(); // no IPv6 here, or no network namespaces
  }
}
