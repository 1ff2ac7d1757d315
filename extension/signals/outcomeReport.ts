import { markdownText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { identifiedProcess } from '../../views/rowText';
import { describeError, ProcessError } from '../errors';
import type { Outcome } from './outcomes';

/** Each of several, what did not work first. */
export function outcomeReport(title: string, outcomes: readonly Outcome[]): string {
  const [sent, other] = [outcomes.filter(isSent), outcomes.filter((outcome) => !isSent(outcome))];
  const lines = [
    `# ${markdownText(title)}`,
    ...section(l10n.t('Not sent'), other.map(failureLine)),
    ...section(
      l10n.t('Sent'),
      sent.map(({ row }) => markdownText(identifiedProcess(row))),
    ),
  ];
  return `${lines.join('\n\n')}\n`;
}

const isSent = ({ fate }: Outcome) => fate === 'sent';

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0
    ? []
    : [`## ${markdownText(title)}`, lines.map((l) => `- ${l}`).join('\n')];
}

function failureLine({ row, error }: Outcome): string {
  return markdownText(describeError(new ProcessError(row, error)).text);
}
