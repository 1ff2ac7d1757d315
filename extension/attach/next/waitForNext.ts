import type { ProcessRow } from '../../../native-host/protocol';
import type { Services } from '../../services';
import { showProgress } from '../../stopping/stopProgress';
import { parseNextPattern } from './nextPattern';
import { waitInView, type Waited } from './showWaiting';
import type { WaitFor } from './waitFor';

type Needed = Pick<Services, 'starts' | 'picks' | 'log'>;

/**
 * The next process that fits, for whoever attaches by its number then: it is a pick. Undefined when it was cancelled.
 * Throws where it cannot be waited, also for a pattern that cannot be read.
 */
export async function waitForNext(
  services: Needed,
  { pattern, stop }: WaitFor,
): Promise<ProcessRow | undefined> {
  const order = { pattern: parseNextPattern(pattern), stop };
  const waited = await waitInView(services.starts.next, showProgress, order);
  if (!waited) return undefined;
  const { row, stopped } = waited.found;
  services.picks.add(row); // which holds it from now on
  if (stopped) endOnceAnswered(services, waited);
  else await waited.end();
  return row;
}

/** Not waited for: the session cannot begin before the number is given. */
function endOnceAnswered({ starts, log }: Needed, waited: Waited): void {
  const { row } = waited.found;
  void starts.answers.of(row).then(async (outcome) => {
    if (outcome === 'none') log.warn(`${row.key} goes on: no debugger has come`);
    await waited.end();
  });
}
