import type {
  ProcessRow,
  SignalStep,
  TreeMember,
  TreeMemberOutcome,
  TreeReport,
} from '../../native-host/protocol';
import { markdownText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { identifiedProcess } from '../../views/rowText';
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
    markdownText(treeSummary(report)),
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
    ({ row, outcome }, index) =>
      `| ${index + 1} | ${markdownText(identifiedProcess(row))} | ${outcomeText(outcome, row)} |`,
  );
  return [...heading, ...lines].join('\n');
}

function outcomeText(outcome: TreeMemberOutcome, { user }: ProcessRow): string {
  switch (outcome) {
    case 'ended':
      return l10n.t('ended within the time it was given');
    case 'killed':
      return l10n.t('killed by SIGKILL');
    case 'gone':
      return l10n.t('ended before anything was sent to it');
    case 'denied':
      return markdownText(l10n.t('not permitted: owned by {0}', user));
    case 'survived':
      return l10n.t('still running');
  }
}

function escapeText(): string {
  return l10n.t(
    'Without news of forks from the kernel, a process whose parent ended in the wrong moment may have left the tree unseen. Root gets that news (see Show Capabilities).',
  );
}
