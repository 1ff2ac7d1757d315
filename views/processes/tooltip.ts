import * as vscode from 'vscode';
import type { ProcessKey, ProcessRow } from '../../native-host/protocol';
import { attachFacts } from '../attach/attachFacts';
import { shownCommandLine } from '../commandLine';
import { isKind } from '../errorData';
import { markdownText } from '../escape';
import type { HostApi } from '../hostApi';
import { l10n } from '../l10n';
import { labelText } from '../rowText';
import type { Sampler } from '../usage/sampler';
import { sparkline } from '../usage/sparkline';
import { usageFacts } from '../usage/usageFacts';
import { detailFacts, type Fact } from './detailFacts';
import type { ProcessDetails } from '../../native-host/protocol';

const longestCommandLine = 4000;

function cut(text: string): string {
  return text.length > longestCommandLine ? `${text.slice(0, longestCommandLine)}…` : text;
}

/** Asks only when somebody points at the row. */
export async function readTooltip(
  host: HostApi,
  row: ProcessRow,
  sampler?: Sampler,
): Promise<vscode.MarkdownString> {
  const { key } = row;
  try {
    const [details, facts, usage] = await Promise.all([
      host.request('processes/details', { key }),
      attachFacts(host, row),
      sampler ? readUsage(host, key, sampler) : [],
    ]);
    const markdown = processTooltip(details, usage, facts);
    const picture = sparkline(sampler?.store.history(key) ?? []);
    if (picture) markdown.appendMarkdown(`\n\n![${l10n.t('Processor and memory')}](${picture})`);
    return markdown;
  } catch (error) {
    return tooltipFailure(row, error);
  }
}

async function readUsage(
  host: HostApi,
  key: ProcessKey,
  sampler: Sampler,
): Promise<readonly Fact[]> {
  const [{ pss }] = await Promise.all([
    host.request('processes/pss', { key }),
    sampler.sampleNow(key),
  ]);
  const usage = sampler.store.of(key);
  return usage ? usageFacts(usage, pss) : [];
}

/** Neither trusted nor HTML; everything that a process said goes in as text or as code. */
function processTooltip(
  details: ProcessDetails,
  usage: readonly Fact[],
  more: readonly Fact[],
): vscode.MarkdownString {
  const markdown = heading(details.row);
  if ('value' in details.args && details.args.value.length > 0) {
    markdown.appendCodeblock(cut(shownCommandLine(details.args.value)), 'text');
  }
  for (const { name, value } of [...usage, ...detailFacts(details), ...more]) {
    markdown.appendMarkdown(`\n\n**${markdownText(name)}:** ${markdownText(value)}`);
  }
  return markdown;
}

function tooltipFailure(row: ProcessRow, error: unknown): vscode.MarkdownString {
  const reason = isKind(error, 'Gone')
    ? l10n.t('This process has ended.')
    : l10n.t('Details could not be read: {0}', (error as Error).message);
  return heading(row).appendMarkdown(`\n\n${markdownText(reason)}`);
}

/**
 * Not appendText, here and above: that leaves addresses and entities, of which VS Code makes links and other characters,
 * and makes every blank a hard one, so that what is long is cut off instead of wrapped.
 */
function heading(row: ProcessRow): vscode.MarkdownString {
  return new vscode.MarkdownString(`**${markdownText(labelText(row))}** · ${row.pid}`);
}
