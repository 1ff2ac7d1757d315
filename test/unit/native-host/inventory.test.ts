import assert from 'node:assert/strict';
import { HostError } from '../../../native-host/hostError';
import { SysError } from '../../../native-host/kernel/sysError';
import { Inventory } from '../../../native-host/namespaces/inventory/inventory';
import { ProcessOpener } from '../../../native-host/process/processOpener';
import { ProcRoot } from '../../../native-host/procfs/procRoot';
import { Users } from '../../../native-host/procfs/users';
import type { NamespaceNews, ProcessRow, TableDelta } from '../../../native-host/protocol';
import type { ProcessTable, TableListener } from '../../../native-host/table/processTable';
import { eventually } from '../../support/eventually';
import { row } from '../views/rows';

const EMFILE = 24;

/** Ourselves alone, through a procfs and an opener that run out of descriptors when they are told to. */
class Lab implements Disposable {
  readonly root = ProcRoot.open();
  readonly said: string[] = [];
  readonly news: NamespaceNews[] = [];
  readonly listeners = new Set<TableListener>();
  hasDescriptors = true;
  readonly own: ProcessRow;
  readonly inventory: Inventory;

  constructor(rows: (own: ProcessRow) => ProcessRow[]) {
    const opener = new ProcessOpener('inode', this.root);
    using self = opener.byNumber(process.pid);
    this.own = { ...row(process.pid), key: self.key, parentKey: null };
    const table = {
      mode: { kind: 'scan' },
      join: (listener: TableListener) => {
        this.listeners.add(listener);
        return Promise.resolve(rows(this.own));
      },
      unsubscribe: (listener: TableListener) => this.listeners.delete(listener),
    };
    this.inventory = new Inventory({
      root: this.rootThatFails(),
      opener: this.openerThatFails(opener),
      users: new Users(),
      table: table as unknown as ProcessTable,
      namer: { find: () => Promise.resolve(null) },
      onNews: (news) => this.news.push(news),
      log: (text) => this.said.push(text),
    });
  }

  tell(delta: Partial<TableDelta>): void {
    const full = {
      added: [],
      changed: [],
      removed: [],
      mode: { kind: 'events' },
      ...delta,
    } as const;
    for (const listener of this.listeners) listener(full);
  }

  [Symbol.dispose](): void {
    this.inventory.unsubscribe();
    this.root[Symbol.dispose]();
  }

  private rootThatFails(): ProcRoot {
    const tryOpen = (path: string) => {
      if (this.hasDescriptors) return this.root.tryOpen(path);
      throw new SysError('openat', EMFILE);
    };
    return Object.assign(Object.create(this.root) as ProcRoot, { tryOpen });
  }

  private openerThatFails(opener: ProcessOpener): ProcessOpener {
    const tryNumber = (pid: number) => {
      if (this.hasDescriptors) return opener.tryNumber(pid);
      throw new HostError('Exhausted', 'pidfd_open EMFILE');
    };
    return Object.assign(Object.create(opener) as ProcessOpener, { tryNumber });
  }
}

describe('Inventory', () => {
  it('says that descriptors have run out, and goes on when there are some again', async () => {
    using lab = new Lab(() => []);
    await lab.inventory.subscribe();
    lab.hasDescriptors = false;
    lab.tell({ added: [lab.own] }); // neither the table nor its other listeners are hit
    await eventually('it says so', () => lab.said.length > 0);
    assert.match(lab.said[0] ?? '', /^namespaces cannot be read: .*EMFILE/);
    lab.hasDescriptors = true;
    const isRead = () =>
      lab.news.some(({ members }) => members.some(({ provisional }) => !provisional));
    await eventually('it is read', isRead);
    lab.inventory.unsubscribe();
    assert.ok(lab.said.length < 5, lab.said.join('\n'));
  });

  it('is not subscribed when it could not answer', async () => {
    using lab = new Lab((own) => [own]);
    lab.hasDescriptors = false;
    await assert.rejects(lab.inventory.subscribe(), /EMFILE/);
    assert.equal(lab.listeners.size, 0);
    lab.hasDescriptors = true;
    const { members } = await lab.inventory.subscribe();
    lab.inventory.unsubscribe();
    assert.equal(members.length, 1);
  });
});
