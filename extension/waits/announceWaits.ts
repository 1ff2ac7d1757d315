import type { Clock } from '../../views/clock';
import type { Disposable } from '../../views/emitter';
import { l10n } from '../../views/l10n';
import { targetText } from '../../views/targets/targetText';
import type { WaitEnd, Waits } from '../../views/waits/waits';
import { copy } from '../commands/clipboard';
import { offer } from '../offer';
import type { Services } from '../services';
import { exitReport } from './exitReport';
import { ToastQueue } from './toastQueue';
import { endCounts, targetsOf, waitEndText } from './waitTexts';

type Needed = Pick<Services, 'messages' | 'log' | 'reports' | 'readSetting'>;

/** Says that a wait is over, where the setting wants it said. */
export function announceWaits(
  services: Needed,
  waits: Waits,
  clock: Clock,
  countUnseen: (ended: number) => void,
): Disposable {
  const toasts = new ToastQueue<WaitEnd>(clock, (ends) => showToast(services, ends));
  return waits.onDidEnd((end) => {
    switch (services.readSetting('pidfd.waitNotification')) {
      case 'toast':
        return toasts.add(end);
      case 'statusBar':
        return services.messages.status(waitEndText(end));
      case 'badge':
        return countUnseen(targetsOf(end).filter(({ isFinished }) => isFinished).length);
    }
  });
}

function showToast(services: Needed, ends: readonly WaitEnd[]): Promise<void> {
  const targets = ends.flatMap(targetsOf);
  const lines = targets.map(targetText).join('\n');
  return offer(
    services,
    'info',
    toastText(ends),
    {
      title: l10n.t('Show Details'),
      run: () => services.reports.show(l10n.t('Pidfd Ended Processes'), exitReport(targets)),
    },
    { title: l10n.t('Copy'), run: () => copy(services.messages, lines) },
  );
}

function toastText(ends: readonly WaitEnd[]): string {
  const [first] = ends;
  if (ends.length === 1 && first) return waitEndText(first);
  const targets = ends.flatMap(targetsOf).filter(({ isFinished }) => isFinished);
  return l10n.t('{0} more waits are over: {1}', ends.length, endCounts(targets));
}
