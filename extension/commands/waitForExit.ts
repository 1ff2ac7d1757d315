import * as vscode from 'vscode';
import type { ProcessRow } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import type { WaitOrder } from '../../views/waits/waits';
import { views } from '../contributions';
import { ProcessError } from '../errors';
import type { Services } from '../services';
import { fateOf } from '../signals/outcomes';
import { tellOutcomes } from '../signals/tellOutcomes';
import type { PickableVerb } from './verb';

export const waitForExitVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Processes to wait for');
  },
  takesSeveral: true,
  run: (services, row) => wait(services, [row], { until: 'each' }),
  async runMany(services, rows) {
    const until = await askUntil(rows.length);
    if (until) await wait(services, rows, { until });
  },
};

export async function wait(
  services: Services,
  rows: readonly ProcessRow[],
  order: WaitOrder,
): Promise<void> {
  const { held, failed } = await services.waits.start(rows, order);
  const [failure] = failed;
  if (failure && rows.length === 1) throw new ProcessError(failure.row, failure.error);
  if (failure) tellFailures(services, failed);
  if (held.length === 0) return;
  services.messages.status(statusText(rows));
  await vscode.commands.executeCommand(`${views.targets}.open`, { preserveFocus: true });
}

function statusText(rows: readonly ProcessRow[]): string {
  const [only] = rows;
  return only && rows.length === 1
    ? l10n.t('Waiting for {0} to exit', namedProcess(only))
    : l10n.t('Waiting for {0} processes to exit', rows.length);
}

function tellFailures(
  services: Services,
  failed: readonly { row: ProcessRow; error: unknown }[],
): void {
  const outcomes = failed.map(({ row, error }) => ({ row, error, fate: fateOf(error) }));
  tellOutcomes(services, l10n.t('Not waited for'), outcomes);
}

/** What "they have ended" is to mean for several. */
export async function askUntil(count: number): Promise<WaitOrder['until'] | undefined> {
  const items: (vscode.QuickPickItem & { until: WaitOrder['until'] })[] = [
    { label: l10n.t('All of them'), detail: l10n.t('told once, with the last'), until: 'all' },
    { label: l10n.t('Any of them'), detail: l10n.t('told once, with the first'), until: 'any' },
    { label: l10n.t('Each of them'), detail: l10n.t('told for each'), until: 'each' },
  ];
  const placeHolder = l10n.t('Wait for which of the {0} processes', count);
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.until;
}
