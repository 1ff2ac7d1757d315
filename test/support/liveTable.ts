import assert from 'node:assert/strict';
import type {
  InitializeResult,
  ProcessKey,
  ProcessRow,
  TableDelta,
  TableMode,
} from '../../native-host/protocol';
import type { HostClient } from './hostClient';
import { requireCapability } from './requireCapability';
import { withHost } from './withHost';

/** What a client knows of all processes: the rows that it got, and each delta since. Says when one cannot be right. */
export class LiveTable {
  readonly rows = new Map<ProcessKey, ProcessRow>();

  private constructor(
    private readonly host: HostClient,
    public mode: TableMode,
  ) {}

  static async subscribe(host: HostClient): Promise<LiveTable> {
    const { rows, mode } = await host.request('processes/subscribe', null);
    const table = new LiveTable(host, mode);
    for (const row of rows) table.rows.set(row.key, row);
    return table;
  }

  /** The one row with that number. */
  row(pid: number): ProcessRow {
    const found = this.find(pid);
    assert.equal(found.length, 1, `rows with the number ${pid}`);
    return found[0] as ProcessRow;
  }

  find(pid: number): ProcessRow[] {
    return [...this.rows.values()].filter((row) => row.pid === pid);
  }

  /** Follows until that is so; where the table is scanned, by a scan now and not in its own time. */
  async until(what: string, isSo: () => boolean): Promise<void> {
    const end = performance.now() + 8000;
    while (!isSo()) {
      const left = end - performance.now();
      assert.ok(left > 0, `not in time: ${what}`);
      if (this.mode.kind === 'scan') await this.refresh();
      else this.apply(await this.host.next('processes/delta', () => true, left));
    }
  }

  async refresh(): Promise<void> {
    await this.host.request('processes/refresh', null);
    this.applyAll();
  }

  /** What has come and was not applied yet. */
  applyAll(): TableDelta[] {
    const deltas = this.host.take('processes/delta');
    for (const delta of deltas) this.apply(delta);
    return deltas;
  }

  apply({ added, changed, removed, mode }: TableDelta): void {
    assert.ok(mode || added.length + changed.length + removed.length > 0, 'an empty delta');
    if (mode) this.mode = mode;
    for (const key of removed) assert.ok(this.rows.delete(key), `${key} is removed but not known`);
    for (const row of changed) {
      assert.equal(this.rows.get(row.key)?.pid, row.pid, `${row.key} is changed but not known`);
      this.rows.set(row.key, row);
    }
    for (const row of added) {
      assert.ok(!this.rows.has(row.key), `${row.key} is added again`);
      this.rows.set(row.key, row);
    }
  }
}

type Body = (use: { host: HostClient; table: LiveTable }, context: Mocha.Context) => Promise<void>;

/** Where the kernel can tell what happens, it is asked to: a table that is scanned all the same is wrong. */
export function requireNews(
  context: Mocha.Context,
  initialized: InitializeResult,
  { kind }: { readonly kind: string },
): void {
  requireCapability(context, initialized, 'procConnector');
  assert.equal(kind, 'events');
}

/** A test in both modes: the kernel tells what happens, and all is read again and again. */
export function inBothModes(title: string, body: Body): void {
  it(`${title} (told by the kernel)`, async function () {
    await withHost(async ({ host, initialized }) => {
      const table = await LiveTable.subscribe(host);
      requireNews(this, initialized, table.mode);
      await body({ host, table }, this);
    });
  });

  it(`${title} (scanned)`, async function () {
    const run = async ({ host }: { host: HostClient }): Promise<void> => {
      const table = await LiveTable.subscribe(host);
      assert.equal(table.mode.kind, 'scan');
      await body({ host, table }, this);
    };
    await withHost(run, undefined, ['--without=procConnector']);
  });
}
