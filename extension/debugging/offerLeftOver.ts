import * as vscode from 'vscode';
import { messageText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { rowItem } from '../attach/picking/pickerItems';
import { offer } from '../offer';
import type { Services } from '../services';
import { readSequence } from '../stopping/readSequence';
import { stopAll } from '../stopping/stopAll';
import { showProgress } from '../stopping/stopProgress';
import type { LeftOver } from './leftOvers';

const mostNames = 3;

/** Says who still runs after a debug session, and how to end that. */
export function offerLeftOver(services: Services, found: LeftOver): void {
  const { rows } = found;
  void offer(
    services,
    'info',
    leftOverText(found),
    {
      title: l10n.t('Stop {0} Left Over', rows.length),
      run: () => stopAll(services, rows, readSequence(services), showProgress),
    },
    { title: l10n.t('Show'), run: () => choose(services, found) },
  );
}

export function leftOverText({ name, rows }: LeftOver): string {
  const session = messageText(name);
  const names = rows.slice(0, mostNames).map(namedProcess).join(', ');
  const more = rows.length - mostNames;
  if (rows.length === 1) return l10n.t('"{0}" has ended, but {1} still runs.', session, names);
  return more > 0
    ? l10n.t(
        '"{0}" has ended, but {1} of its processes still run: {2} and {3} more.',
        ...[session, rows.length, names, more],
      )
    : l10n.t(
        '"{0}" has ended, but {1} of its processes still run: {2}.',
        ...[session, rows.length, names],
      );
}

/** All of them are chosen at first. */
async function choose(services: Services, { name, rows }: LeftOver): Promise<void> {
  const items = rows.map((row) => ({ ...rowItem(row), row, picked: true }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: l10n.t('What "{0}" left running', messageText(name)),
    placeHolder: l10n.t('Choose what to stop gracefully'),
    canPickMany: true,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  if (!chosen || chosen.length === 0) return;
  const steps = readSequence(services);
  await stopAll(
    services,
    chosen.map(({ row }) => row),
    steps,
    showProgress,
  );
}
