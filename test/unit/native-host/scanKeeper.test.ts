import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { KeeperParts } from '../../../native-host/table/keeper';
import { LiveRows } from '../../../native-host/table/liveRows';
import { scanMode, ScanKeeper } from '../../../native-host/table/scanKeeper';
import { Suspects } from '../../../native-host/table/suspects';
import type { Hints } from '../../../native-host/table/rowReader';
import type { ProcessKey, ProcessRow, TableDelta } from '../../../native-host/protocol';

const row = (pid: number, more: Partial<ProcessRow> = {}): ProcessRow =>
  ({
    ...{ pid, key: `${pid}:${pid}` as ProcessKey, comm: 'x', state: 'S', kind: 'native' },
    ...{ ppid: 0, parentKey: null, startedAt: pid, program: 'a.b' },
    ...more,
  }) as ProcessRow;

const all = (...rows: ProcessRow[]) => new Map(rows.map((one) => [one.pid, one]));

/** As much work as that, however long it takes. */
function work(ms: number): void {
  const before = process.cpuUsage();
  for (let spent = 0; spent < ms * 1000;) {
    const { user, system } = process.cpuUsage(before);
    spent = user + system;
  }
}

/** Scans of these processes, each as much work as it is told. */
function scanning(processes: Map<number, ProcessRow>, tookMs = 0) {
  const rows = new LiveRows();
  const deltas: TableDelta[] = [];
  const hints: Hints[] = [];
  let scans = 0;
  const keeper = new ScanKeeper(
    {
      rows,
      reader: {
        all: (hintsOf: (pid: number) => Hints) => {
          scans++;
          work(tookMs);
          for (const pid of processes.keys()) hints.push(hintsOf(pid));
          return Promise.resolve(new Map(processes));
        },
      },
      tell: (delta: TableDelta) => deltas.push(delta),
      exclusive: <T>(work: () => Promise<T>) => work(),
      log: () => undefined,
    } as unknown as KeeperParts,
    'noNews',
  );
  return { keeper, deltas, hints, scans: () => scans };
}

describe('the pace of scans', () => {
  it('is one to four seconds, and less where scans take long', () => {
    assert.deepEqual(scanMode('noNews'), {
      ...{ kind: 'scan', reason: 'noNews' },
      ...{ shortestMs: 1000, longestMs: 4000 },
    });
    const slow = scanMode('noNews', 300);
    assert.deepEqual([slow.shortestMs, slow.longestMs], [6000, 6000]);
  });

  it('is told where it changes', async () => {
    const { keeper, deltas } = scanning(all(row(1)), 210);
    await keeper.readAll();
    assert.equal(deltas[0]?.mode, undefined, 'the first reads more than all others');
    await keeper.readAll();
    const { mode } = deltas[1] ?? {};
    assert.ok(mode?.kind === 'scan' && mode.longestMs > 4000, JSON.stringify(mode));
    assert.deepEqual(keeper.mode, mode);
  });

  it('is the quickest as soon as something is expected', async () => {
    const { keeper, scans } = scanning(all(row(1)));
    for (let time = 0; time < 5; time++) await keeper.readAll();
    keeper.start(); // in four seconds
    keeper.expect();
    const began = performance.now();
    while (scans() < 6) await delay(5);
    assert.ok(performance.now() - began < 3000);
    keeper[Symbol.dispose]();
  });

  it('reads arguments again where nothing else tells of another program', async () => {
    const { keeper, hints } = scanning(all(row(1), row(2, { program: '~x' as never })));
    await keeper.readAll();
    hints.splice(0);
    await keeper.readAll();
    assert.deepEqual(
      hints.map(({ executed }) => executed),
      [false, true],
    );
  });
});

describe('suspects', () => {
  it('are all who hide what they run, some at a time', () => {
    const rows = new LiveRows();
    const hidden = Array.from({ length: 150 }, (_, i) => row(i + 10, { program: '~x' as never }));
    const others = [row(1), row(2, { program: '~k' as never, kind: 'kernelThread' })];
    rows.replace(all(...hidden, ...others));
    const suspects = new Suspects(rows);
    const turns = [suspects.next(), suspects.next(), suspects.next()];
    assert.ok(turns.every(({ size }) => size <= 64));
    const seen = new Set(turns.flatMap((turn) => [...turn]));
    assert.deepEqual(
      [...seen].sort((a, b) => a - b),
      hidden.map(({ pid }) => pid),
    );
  });
});
