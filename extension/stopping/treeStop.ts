import { randomUUID } from 'node:crypto';
import type { ProcessRow, SignalStep, TargetToken, TreeReport } from '../../native-host/protocol';
import { systemClock, type Clock } from '../../views/clock';
import { l10n } from '../../views/l10n';
import { placeOf } from '../../views/place';
import { namedProcess } from '../../views/rowText';
import type { Services } from '../services';
import type { ShowProgress } from './stopProgress';
import { TreeCountdown } from './treeCountdown';
import { treeSummary } from './treeTexts';

type Needed = Pick<Services, 'host' | 'log'> & {
  readonly interrupted: Pick<Services['interrupted'], 'note' | 'forget'>;
};

/** Runs until the whole tree has ended, or a person says that it is enough. */
export async function stopTree(
  services: Needed,
  showProgress: ShowProgress,
  row: ProcessRow,
  steps: readonly SignalStep[],
  clock: Clock = systemClock,
): Promise<TreeReport> {
  const { host, log } = services;
  const token = randomUUID() as TargetToken;
  const title = l10n.t('Stopping the tree of {0}', namedProcess(row));
  const cancel = () => {
    host.request('tree/cancel', { token }).catch((error: unknown) => log.error(String(error)));
  };
  const progress = showProgress(title, cancel);
  const countdown = new TreeCountdown(steps, clock, (text) => progress.report(text));
  const listening = host.onNotification('tree/progress', (news) => {
    if (news.token === token) countdown.tell(news);
  });
  try {
    await note(services, token, row, steps);
    const { key, program } = row;
    const report = await host.request('tree/stop', { token, key, program, steps });
    progress.report(treeSummary(report)); // VS Code takes the toast away a moment later
    return report;
  } finally {
    listening.dispose();
    countdown.dispose();
    progress.done();
    await services.interrupted.forget(token);
  }
}

/** Before anybody is held still, so that a window that is reloaded meanwhile can tell of it. */
async function note(
  { host: { state }, interrupted }: Needed,
  token: TargetToken,
  row: ProcessRow,
  [first]: readonly SignalStep[],
): Promise<void> {
  if (state.kind !== 'ready' || !first) return;
  const place = placeOf(state.hello);
  await interrupted.note(token, { row, place, signal: first.signal, isTree: true });
}
