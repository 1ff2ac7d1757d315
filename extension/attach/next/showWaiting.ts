import type { NextMode } from '../../../native-host/protocol';
import { l10n } from '../../../views/l10n';
import type { ShowProgress } from '../../stopping/stopProgress';
import type { Found, NextOrder, NextProcesses } from './nextProcesses';
import { waitingText } from './nextTexts';

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
  const progress = showProgress(waitingText(order.pattern), () => void wait.end());
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
