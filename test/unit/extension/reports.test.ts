// What is shown as a page of its own is Markdown that we put together: nothing of it is a process' own.
import assert from 'node:assert/strict';
import { outcomeReport } from '../../../extension/signals/outcomeReport';
import { treeReportDocument } from '../../../extension/stopping/treeReport';
import { exitReport } from '../../../extension/waits/exitReport';
import type { ExitStatus, TargetToken } from '../../../native-host/protocol';
import { shownCommandLine } from '../../../views/commandLine';
import { visible } from '../../../views/escape';
import { processName } from '../../../views/rowText';
import { Target } from '../../../views/targets/model';
import { renderedMarkdown } from '../../support/renderedMarkdown';
import { assertSeen, hostileRow, hostileTexts } from '../hostileTexts';
import { hostError } from '../views/fakeHost';

const statuses: readonly ExitStatus[] = [
  { kind: 'exited', code: 7 },
  { kind: 'signaled', signal: 11, coreDumped: true },
  { kind: 'unknown', reason: 'lost' },
];

const token = 'a' as TargetToken;
const ended = (text: string, status: ExitStatus) =>
  new Target(token, hostileRow(text), 0, { kind: 'ended', at: 9, status, source: 'pidfd' });

/** Each way in which one can stand in a report: how it ended, or what keeps us from knowing. */
const targetsOf = (text: string): readonly Target[] => [
  ...statuses.map((status) => ended(text, status)),
  new Target(token, hostileRow(text), 0, { kind: 'exited', at: 9, parent: { pid: 1, comm: text } }),
  new Target(token, hostileRow(text), 0, { kind: 'waiting', held: false, trouble: text }),
];

/** Only of these parts, and each process is called what it is called. */
function assertPlain(text: string, report: string, tags: readonly string[]): void {
  const rendered = renderedMarkdown(report);
  assert.deepEqual(
    [...rendered.tags].sort(),
    [...tags].sort(),
    `${JSON.stringify(text)} in ${report}`,
  );
  assert.ok(rendered.text.includes(nameOf(text)), `${nameOf(text)} in ${rendered.text}`);
  assertSeen(text, rendered.text);
}

/** As messages have it, which a report shares its sentences with. */
const nameOf = (text: string) => visible(processName(hostileRow(text))).replaceAll('](', '] (');

describe('a report', () => {
  for (const text of hostileTexts) {
    it(`has ${JSON.stringify(text)} as text`, () => {
      const row = hostileRow(text);
      const exits = exitReport(targetsOf(text));
      assertPlain(text, exits, ['h1', 'h2', 'p', 'ul', 'li']);
      assert.equal(exits.match(/^## /gm)?.length, 5);
      assert.ok(renderedMarkdown(exits).text.includes(shownCommandLine(row.args)));
      const failed = [hostError('Denied', { row, cause: text }), new Error(text)];
      const outcomes = failed.map((error) => ({ row, fate: 'failed' as const, error }));
      const sent = { row, fate: 'sent' as const };
      const signals = outcomeReport(text, [...outcomes, sent]);
      assertPlain(text, signals, ['h1', 'h2', 'p', 'ul', 'li']);
      const member = { row, signal: 15, endedAfterMs: 5 };
      const members = (['ended', 'denied'] as const).map((outcome) => ({ ...member, outcome }));
      const report = { members, cancelled: false, mayHaveEscaped: true };
      const tree = treeReportDocument(row, [{ signal: 15, waitMs: 5 }], report);
      assertPlain(text, tree, ['h1', 'p', 'table', 'thead', 'tbody', 'tr', 'th', 'td']);
      assert.equal(tree.match(/^\| \d /gm)?.length, 2);
    });
  }
});
