import { l10n } from '../../views/l10n';
import { isSamePlace, placeOf } from '../../views/place';
import { namedProcess } from '../../views/rowText';
import { stopGracefullyVerb } from '../commands/stopGracefully';
import { stopTreeVerb } from '../commands/stopTree';
import { NothingDone } from '../errors';
import type { Services } from '../services';
import type { StoredStop } from './interruptedStops';

/** By key, and only where the key still means the same. */
export async function resumeStop(
  services: Services,
  { row, place, isTree }: StoredStop,
): Promise<void> {
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
  await (isTree ? stopTreeVerb : stopGracefullyVerb).run(services, now);
}
