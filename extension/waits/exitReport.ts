import { shownCommandLine } from '../../views/commandLine';
import { markdownText, visible } from '../../views/escape';
import { timestamp } from '../../views/format';
import { l10n } from '../../views/l10n';
import { identifiedProcess } from '../../views/rowText';
import { exitSentence } from '../../views/targets/exitText';
import type { Target } from '../../views/targets/model';
import { targetDescription } from '../../views/targets/targetText';

/** All that is known of how these ended. */
export function exitReport(targets: readonly Target[]): string {
  return `# ${markdownText(l10n.t('How they ended'))}\n\n${targets.map(section).join('\n\n')}\n`;
}

function section(target: Target): string {
  const { row, state } = target;
  const facts: readonly (readonly [string, string])[] = [
    [l10n.t('Key'), row.key],
    [l10n.t('User'), row.user],
    [l10n.t('Started'), timestamp(row.startedAt)],
    [l10n.t('Ended'), state.kind !== 'waiting' && state.at !== null ? timestamp(state.at) : '?'],
    [l10n.t('Command line'), shownCommandLine(row.args)],
  ];
  const lines = facts.map(
    ([name, value]) => `- ${markdownText(name)}: ${markdownText(visible(value))}`,
  );
  const how = exitSentence(target) ?? targetDescription(target);
  return `## ${markdownText(identifiedProcess(row))}\n\n${markdownText(how)}\n\n${lines.join('\n')}`;
}
