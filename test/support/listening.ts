import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { Server } from 'node:net';
import { procfs } from './procfs';

/** Of the tables in /proc/self/net: whether a line is of a socket that listens (linux/net.h, net/tcp_states.h). */
const tables = [
  { name: 'unix', state: 3, listens: '00010000', inode: 6, address: 7 },
  { name: 'tcp', state: 3, listens: '0A', inode: 9, address: 1 },
  { name: 'tcp6', state: 3, listens: '0A', inode: 9, address: 1 },
] as const;

/** What this process listens at by the descriptors that it has: such as `unix PATH`, `tcp 0100007F:1F90`. */
function listeners(): string[] {
  const files = procfs.openFiles('self').join('\n');
  const open = new Set([...files.matchAll(/socket:\[(\d+)\]/g)].map(([, inode]) => inode));
  return tables.flatMap(({ name, state, listens, inode, address }) =>
    readFileSync(`/proc/self/net/${name}`, 'utf8')
      .split('\n')
      .map((line) => line.trim().split(/\s+/))
      .filter((fields) => fields[state] === listens && open.has(fields[inode]))
      .map((fields) => `${name} ${fields[address]}`),
  );
}

/** What this process begins to listen at, as /proc shows it then, until disposed of. */
export class Listening implements Disposable {
  private readonly before = new Set(listeners());
  private readonly listen = Object.getOwnPropertyDescriptor(Server.prototype, 'listen');
  readonly opened = new Set<string>();

  constructor() {
    const { before, opened } = this;
    const listen = this.listen?.value as (this: Server, ...args: unknown[]) => Server;
    Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
      void once(this, 'listening').then(() => {
        for (const one of listeners()) if (!before.has(one)) opened.add(one);
      });
      return listen.apply(this, args);
    };
  }

  /** Of what has been opened. */
  get left(): string[] {
    return listeners().filter((one) => this.opened.has(one));
  }

  [Symbol.dispose](): void {
    if (this.listen) Object.defineProperty(Server.prototype, 'listen', this.listen);
  }
}
