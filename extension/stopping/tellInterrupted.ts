import { markdownText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { signalName } from '../../views/signals';
import { offer } from '../offer';
import type { Services } from '../services';
import type { InterruptedStops, StoredStop } from './interruptedStops';

type Told = Pick<Services, 'messages' | 'log' | 'reports'>;

/** VS Code shows so many toasts at once. */
const mostToasts = 3;

/** Each stop that the end of the last session cut off is told of, once; many by one toast with a list. */
export async function tellInterrupted(
  services: Told,
  stops: Pick<InterruptedStops, 'found' | 'write'>,
  resume: (stop: StoredStop) => Promise<void>,
): Promise<void> {
  const { found } = stops;
  if (found.length === 0) return;
  if (found.length > mostToasts) tellMany(services, found);
  else for (const stop of found) tellOne(services, stop, resume);
  await stops.write();
}

function tellOne(
  services: Told,
  stop: StoredStop,
  resume: (stop: StoredStop) => Promise<void>,
): void {
  const run = () => resume(stop);
  const title = stop.isTree ? l10n.t('Stop Whole Tree') : l10n.t('Stop Gracefully');
  void offer(services, 'warn', text(stop), { title, run });
}

/** Whoever of them still runs is in Targets, where each can be stopped. */
function tellMany(services: Told, stops: readonly StoredStop[]): void {
  const title = l10n.t(
    'Stopping {0} processes was interrupted, since the window was closed or reloaded. Nothing more is sent to them.',
    stops.length,
  );
  const lines = stops.map((stop) => `- ${markdownText(text(stop))}`);
  const report = `# ${markdownText(title)}\n\n${lines.join('\n')}\n`;
  const run = () => services.reports.show(l10n.t('Pidfd Interrupted Stops'), report);
  void offer(services, 'warn', title, { title: l10n.t('Show Details'), run });
}

function text({ row, signal, isTree }: StoredStop): string {
  const who = namedProcess(row);
  if (isTree) {
    return l10n.t(
      'Stopping the tree of {0} was interrupted, since the window was closed or reloaded. Whoever of it still runs was continued, and gets nothing more.',
      who,
    );
  }
  return l10n.t(
    'Stopping {0} was interrupted, since the window was closed or reloaded. {1} was sent, and nothing is sent after it.',
    who,
    signalName(signal),
  );
}
