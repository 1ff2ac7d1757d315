import type { NextMode, ProcessRow } from '../../../native-host/protocol';
import { l10n } from '../../../views/l10n';
import { namedProcess } from '../../../views/rowText';
import type { ShowProgress } from '../../stopping/stopProgress';
import { patternText } from './nextPattern';
import type { Found, NextOrder, NextProcesses } from './nextProcesses';

export interface Waited {
  readonly found: Found;
  /** It goes on, and nothing is held any more. */
  readonly end: () => Promise<void>;
}

/** Waits in view of the user, who may cancel: undefined then. */
export async function waitInView(
  next: NextProcesses,
  showProgress: ShowProgress,
  order: NextOrder,
): Promise<Waited | undefined> {
  const wait = await next.watch(order);
  const title = l10n.t('Waiting for {0} to start', patternText(order.pattern));
  const progress = showProgress(title, () => void wait.end());
  progress.report(modeText(wait.mode));
  try {
    const found = await wait.next();
    return found && { found, end: () => wait.end() };
  } catch (error) {
    await wait.end();
    throw error;
  } finally {
    progress.done();
  }
}

/** Nothing to say where nobody is missed. */
function modeText(mode: NextMode): string {
  return mode.kind === 'events'
    ? ''
    : l10n.t('looking each {0} ms: one that ends sooner is missed', mode.intervalMs);
}

export function notStoppedText(row: ProcessRow): string {
  return l10n.t(
    '{0} could not be stopped as it started, so some of it has run already.',
    namedProcess(row),
  );
}
