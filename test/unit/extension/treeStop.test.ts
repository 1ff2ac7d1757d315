import assert from 'node:assert/strict';
import type { TargetToken, TreeReport } from '../../../native-host/protocol';
import { describeError, ProcessError } from '../../../extension/errors';
import { HostClosedError } from '../../../extension/host/hostErrors';
import { treeReportDocument } from '../../../extension/stopping/treeReport';
import { stopTree } from '../../../extension/stopping/treeStop';
import { treeDetail, treeQuestion, treeSummary } from '../../../extension/stopping/treeTexts';
import { FakeHost } from '../views/fakeHost';
import { keyOf, row } from '../views/rows';

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

  it('sends what the row showed, follows its own progress alone, and can be cancelled', async () => {
    const host = new FakeHost();
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
    const stopped = stopTree({ host, log }, show, root, steps);
    const { token, ...params } = host.asked[0]!.params as { token: TargetToken };
    assert.deepEqual(params, { key: keyOf(10), program: 'p1', steps });
    host.notify('tree/progress', { token, phase: 'waiting', added: [], left: 3 });
    const other = 'other' as TargetToken;
    host.notify('tree/progress', { token: other, phase: 'waiting', added: [], left: 9 });
    cancel();
    assert.deepEqual(host.asked.at(-1), { method: 'tree/cancel', params: { token } });
    finish(report);
    assert.equal(await stopped, report);
    assert.deepEqual(shown, [
      'Stopping the tree of make (pid 10)',
      '3 left',
      '1 ended, 1 killed, 1 not permitted: owned by root, some may have escaped unseen',
      'done',
    ]);
  });

  it('says of a lost reply what is unknown', () => {
    const error = new ProcessError(root, new HostClosedError('tree/stop'));
    assert.match(describeError(error).text, /it is unknown who got a signal, and nothing is sent/);
  });
});
