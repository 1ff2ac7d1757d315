import type { ProcessRow, SignalStep, TreeMember, TreeReport } from '../../native-host/protocol';
import { markdownText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { identifiedProcess } from '../../views/rowText';
import { signalName } from '../../views/signals';
import { sequenceText } from '../../views/stopping/stopSequence';
import { treeSummary } from './treeTexts';

/** Each member in the order in which it was taken in, and what became of it. */
export function treeReportDocument(
  root: ProcessRow,
  steps: readonly SignalStep[],
  report: TreeReport,
): string {
  const paragraphs = [
    `# ${markdownText(l10n.t('The tree of {0}', identifiedProcess(root)))}`,
    markdownText(l10n.t('Sent: {0}.', sequenceText(steps))),
    markdownText(l10n.t('{0}.', treeSummary(report))),
    table(report.members),
    ...(report.mayHaveEscaped ? [markdownText(escapeText())] : []),
  ];
  return `${paragraphs.join('\n\n')}\n`;
}

function table(members: readonly TreeMember[]): string {
  const heading = [
    `| | ${l10n.t('Process')} | ${l10n.t('What became of it')} |`,
    '| --: | --- | --- |',
  ];
  const lines = members.map(
    (member, index) =>
      `| ${index + 1} | ${markdownText(identifiedProcess(member.row))} | ${markdownText(outcomeText(member))} |`,
  );
  return [...heading, ...lines].join('\n');
}

function outcomeText({ row: { user }, outcome, signal, endedAfterMs }: TreeMember): string {
  switch (outcome) {
    case 'ended':
    case 'killed':
      return signal === null || endedAfterMs === null
        ? l10n.t('ended')
        : l10n.t('ended after {0}, {1}', signalName(signal), sinceText(endedAfterMs));
    case 'gone':
      return l10n.t('ended before anything was sent to it');
    case 'denied':
      return l10n.t('not permitted: owned by {0}', user);
    case 'leftStopped':
      return l10n.t(
        'still paused: it became owned by another user while it was held still, so only that user or root may continue it',
      );
    case 'survived':
      return l10n.t('still running');
  }
}

/** Since the first of them was held still. */
function sinceText(ms: number): string {
  return l10n.t('{0} s into it', (ms / 1000).toFixed(2));
}

function escapeText(): string {
  return l10n.t(
    'Without news of forks from the kernel, a process whose parent ended in the wrong moment may have left the tree unseen. Root gets that news (see Show Capabilities).',
  );
}
