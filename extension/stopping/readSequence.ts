import type { SignalStep } from '../../native-host/protocol';
import { l10n } from '../../views/l10n';
import { parseSequence } from '../../views/stopping/stopSequence';
import { NothingDone } from '../errors';
import type { Services } from '../services';

/** The steps that the setting gives; what it says is checked, since settings.json takes anything. */
export function readSequence({
  readSetting,
}: Pick<Services, 'readSetting'>): readonly SignalStep[] {
  const steps = parseSequence(readSetting('pidfd.stopSequence'));
  if (steps) return steps;
  throw new NothingDone(
    l10n.t(
      'The setting pidfd.stopSequence cannot be used: it takes up to 10 steps with a signal such as "SIGTERM" and a "waitMs" of at most 600000. Nothing was done.',
    ),
  );
}
