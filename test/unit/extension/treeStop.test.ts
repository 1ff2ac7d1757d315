import assert from 'node:assert/strict';
import type { TargetToken, TreePhase, TreeReport } from '../../../native-host/protocol';
import { describeError, ProcessError } from '../../../extension/errors';
import { HostClosedError } from '../../../extension/host/hostErrors';
import { InterruptedStops } from '../../../extension/stopping/interruptedStops';
import { treeReportDocument } from '../../../extension/stopping/treeReport';
import { stopTree } from '../../../extension/stopping/treeStop';
import { treeDetail, treeQuestion, treeSummary } from '../../../extension/stopping/treeTexts';
import { FakeClock, settled } from '../views/fakeClock';
import { FakeHost } from '../views/fakeHost';
import { keyOf, row } from '../views/rows';
import { FakeMemory } from './fakeMemory';

const root = row(10, 1, { comm: 'make' });
const child = row(11, 10, { comm: 'c|c', user: 'root' });
const steps = [
  { signal: 15, waitMs: 5000 },
  { signal: 9, waitMs: 1000 },
];
const report: TreeReport = {
  members: [
    { row: root, outcome: 'ended', signal: 15, endedAfterMs: 40 },
    { row: child, outcome: 'denied', signal: null, endedAfterMs: null },
    { row: row(12, 10), outcome: 'killed', signal: 9, endedAfterMs: 5040 },
  ],
  mayHaveEscaped: true,
  cancelled: false,
};

describe('the texts around a tree', () => {
  const preview = { rows: [root, child], guards: ['vscode'], foreground: true } as const;

  it('ask with the root, how many, whom, and what is at risk', () => {
    assert.match(
      treeQuestion(root, preview),
      /^Stop make \(pid 10, .*\) and its one descendant\?$/,
    );
    const detail = treeDetail(preview, steps);
    assert.match(detail, /^One of them: It belongs to this VS Code/);
    assert.match(detail, /foreground job.*SIGTERM, after 5 s SIGKILL.*make \(pid 10.*\nc\|c/s);
  });

  it('sum up what became of them', () => {
    assert.equal(
      treeSummary(report),
      '1 ended, 1 killed, 1 not permitted: owned by root, some may have escaped unseen',
    );
    assert.match(treeSummary({ ...report, cancelled: true }), /^cancelled: 1 ended/);
  });

  it('name whom we may not continue any more', () => {
    const left = { row: child, outcome: 'leftStopped', signal: 15, endedAfterMs: null } as const;
    const some = { ...report, members: [left] };
    assert.match(treeSummary(some), /^1 still paused, not permitted to continue/);
    assert.match(
      treeReportDocument(root, steps, some),
      /c\\\|c .* \| still paused.{1,2} it became/,
    );
  });

  it('report each in order, and make no markup of names', () => {
    const lines = treeReportDocument(root, steps, report).split('\n');
    const members = lines.filter((line) => /^\| \d/.test(line));
    assert.equal(members.length, 3);
    assert.match(members[1]!, /^\| 2 \| c\\\|c .* \| not permitted.*owned by root \|$/);
    assert.match(members[0]!, /\| ended after SIGTERM, 0\\\.04 s into it \|$/);
    assert.match(members[2]!, /\| ended after SIGKILL, 5\\\.04 s into it \|$/);
    assert.match(lines.join('\n'), /Without news of forks/);
  });
});

describe('stopTree', () => {
  const log = { error: () => {} } as never;

  function make() {
    const host = new FakeHost();
    const memory = new FakeMemory();
    const interrupted = new InterruptedStops(memory);
    const shown: string[] = [];
    let cancel = () => {};
    let finish = (_: TreeReport) => {};
    host.on('tree/stop', () => new Promise((resolve) => (finish = resolve)));
    host.on('tree/cancel', () => null);
    const show = (title: string, onCancel: () => void) => {
      cancel = onCancel;
      shown.push(title);
      return {
        report: (text: string) => void shown.push(text),
        done: () => void shown.push('done'),
      };
    };
    const clock = new FakeClock();
    const stopped = stopTree({ host, log, interrupted }, show, root, steps, clock);
    const ends = { cancel: () => cancel(), finish: () => finish(report) };
    return { host, memory, interrupted, shown, clock, stopped, ...ends };
  }

  const tokenOf = (host: FakeHost) => (host.asked[0]!.params as { token: TargetToken }).token;

  it('sends what the row showed, follows its own progress alone, and can be cancelled', async () => {
    const { host, shown, stopped, cancel, finish } = make();
    await settled();
    const { token, ...params } = host.asked[0]!.params as { token: TargetToken };
    assert.deepEqual(params, { key: keyOf(10), program: 'p1', steps });
    host.notify('tree/progress', { token, phase: 'waiting', added: [], left: 3 });
    const other = 'other' as TargetToken;
    host.notify('tree/progress', { token: other, phase: 'waiting', added: [], left: 9 });
    cancel();
    assert.deepEqual(host.asked.at(-1), { method: 'tree/cancel', params: { token } });
    finish();
    assert.equal(await stopped, report);
    assert.deepEqual(shown, [
      'Stopping the tree of make (pid 10)',
      '3 left, SIGKILL in 5 s',
      '1 ended, 1 killed, 1 not permitted: owned by root, some may have escaped unseen',
      'done',
    ]);
  });

  it('counts down to each signal', async () => {
    const { host, shown, clock, stopped, finish } = make();
    await settled();
    const tell = (phase: TreePhase, left: number) =>
      host.notify('tree/progress', { token: tokenOf(host), phase, added: [], left });
    tell('freezing', 3);
    tell('waiting', 3);
    await clock.advance(2000);
    tell('waiting', 2);
    tell('freezing', 2);
    tell('killing', 2);
    finish();
    await stopped;
    assert.deepEqual(shown.slice(1, -2), [
      'holding 3 still, so that none slips away',
      '3 left, SIGKILL in 5 s',
      '3 left, SIGKILL in 4 s',
      '3 left, SIGKILL in 3 s',
      '2 left, SIGKILL in 3 s',
      'holding 2 still, so that none slips away',
      '2 left, killing them',
    ]);
    assert.equal(clock.waiting, 0);
  });

  it('leaves a note until it is over', async () => {
    const { memory, stopped, finish } = make();
    await settled();
    const [found] = new InterruptedStops(memory).found;
    assert.deepEqual([found?.row.pid, found?.isTree], [10, true]);
    finish();
    await stopped;
    assert.deepEqual(new InterruptedStops(memory).found, []);
  });

  it('leaves the note where the window closes, whatever the native host answers then', async () => {
    const { memory, interrupted, stopped, finish } = make();
    await settled();
    interrupted.close();
    finish();
    await stopped;
    assert.equal(new InterruptedStops(memory).found.length, 1);
  });

  it('says of a lost reply what is unknown', () => {
    const error = new ProcessError(root, new HostClosedError('tree/stop'));
    assert.match(describeError(error).text, /it is unknown who got a signal, and nothing is sent/);
  });
});
