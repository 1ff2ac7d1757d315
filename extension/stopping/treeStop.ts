import { randomUUID } from 'node:crypto';
import type { ProcessRow, SignalStep, TargetToken, TreeReport } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import type { Services } from '../services';
import type { ShowProgress } from './stopProgress';
import { treeProgressText, treeSummary } from './treeTexts';

/** Runs until the whole tree has ended, or a person says that it is enough. */
export async function stopTree(
  { host, log }: Pick<Services, 'host' | 'log'>,
  showProgress: ShowProgress,
  row: ProcessRow,
  steps: readonly SignalStep[],
): Promise<TreeReport> {
  const token = randomUUID() as TargetToken;
  const title = l10n.t('Stopping the tree of {0}', namedProcess(row));
  const cancel = () => {
    host.request('tree/cancel', { token }).catch((error: unknown) => log.error(String(error)));
  };
  const progress = showProgress(title, cancel);
  const listening = host.onNotification('tree/progress', (news) => {
    if (news.token === token) progress.report(treeProgressText(news));
  });
  try {
    const { key, program } = row;
    const report = await host.request('tree/stop', { token, key, program, steps });
    progress.report(treeSummary(report)); // VS Code takes the toast away a moment later
    return report;
  } finally {
    listening.dispose();
    progress.done();
  }
}
