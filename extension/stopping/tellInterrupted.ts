import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { signalName } from '../../views/signals';
import { stopGracefullyVerb } from '../commands/stopGracefully';
import { NothingDone } from '../errors';
import { offer } from '../offer';
import type { Services } from '../services';
import { isSamePlace, placeOf } from '../../views/place';
import type { InterruptedStops, StoredStop } from './interruptedStops';

/** Each countdown that the end of the last session cut off is told of, once. */
export async function tellInterrupted(services: Services, stops: InterruptedStops): Promise<void> {
  for (const stop of stops.found) {
    const run = () => resume(services, stop);
    void offer(services, 'warn', text(stop), { title: l10n.t('Stop Gracefully'), run });
  }
  if (stops.found.length > 0) await stops.write();
}

function text({ row, signal }: StoredStop): string {
  const who = namedProcess(row);
  return l10n.t(
    'Stopping {0} was interrupted, since the window was closed or reloaded. {1} was sent, and nothing is sent after it.',
    who,
    signalName(signal),
  );
}

/** By key, and only where the key still means the same. */
async function resume(services: Services, { row, place }: StoredStop): Promise<void> {
  const now = await services.host.request('processes/open', { key: row.key });
  const { state } = services.host;
  if (state.kind !== 'ready' || !isSamePlace(place, placeOf(state.hello))) {
    throw new NothingDone(
      l10n.t(
        '{0} belonged to an earlier start of this machine or another container.',
        namedProcess(row),
      ),
    );
  }
  await stopGracefullyVerb.run(services, now);
}
