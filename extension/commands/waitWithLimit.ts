import * as vscode from 'vscode';
import { l10n } from '../../views/l10n';
import { parseTimeLimit } from '../../views/waits/timeLimit';
import type { PickableVerb } from './verb';
import { askUntil, wait } from './waitForExit';

export const waitWithLimitVerb: PickableVerb = {
  get pickerTitle() {
    return l10n.t('Processes to wait for');
  },
  takesSeveral: true,
  async run(services, row) {
    const limitMs = await askLimit();
    if (limitMs !== undefined) await wait(services, [row], { until: 'each', limitMs });
  },
  async runMany(services, rows) {
    const until = await askUntil(rows.length);
    const limitMs = until && (await askLimit());
    if (until && limitMs !== undefined) await wait(services, rows, { until, limitMs });
  },
};

async function askLimit(): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: l10n.t('Wait for Exit'),
    prompt: l10n.t('How long to wait at most: 30 s, 5 min, 2 h'),
    value: '5 min',
    validateInput: (typed) =>
      parseTimeLimit(typed) === undefined
        ? l10n.t('A time such as 30 s, 5 min or 2 h.')
        : undefined,
  });
  return text === undefined ? undefined : parseTimeLimit(text);
}
