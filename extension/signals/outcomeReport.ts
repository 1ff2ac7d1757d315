import { markdownText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { identifiedProcess } from '../../views/rowText';
import { describeError, ProcessError } from '../errors';
import type { Fate, Outcome } from './outcomes';

/** Each of several, what nobody knows and what did not work first. */
export function outcomeReport(title: string, outcomes: readonly Outcome[]): string {
  const of = (...fates: Fate[]) => outcomes.filter(({ fate }) => fates.includes(fate));
  const lines = [
    `# ${markdownText(title)}`,
    ...section(l10n.t('Unknown Whether Sent'), of('unknown').map(failureLine)),
    ...section(l10n.t('Not Done'), of('gone', 'denied', 'changed', 'failed').map(failureLine)),
    ...section(
      l10n.t('Sent'),
      of('sent').map(({ row }) => markdownText(identifiedProcess(row))),
    ),
  ];
  return `${lines.join('\n\n')}\n`;
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0
    ? []
    : [`## ${markdownText(title)}`, lines.map((l) => `- ${l}`).join('\n')];
}

function failureLine({ row, error }: Outcome): string {
  return markdownText(describeError(new ProcessError(row, error)).text);
}
