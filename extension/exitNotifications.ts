import type { Disposable } from '../views/emitter';
import { l10n } from '../views/l10n';
import { exitSentence } from '../views/targets/exitText';
import type { Target } from '../views/targets/model';
import type { TargetsController } from '../views/targets/targetsController';
import type { Messages } from './messages';

/** Says how a process that was waited for has ended. */
export function announceExits(targets: TargetsController, messages: Messages): Disposable {
  return targets.onDidEnd((target) => void announce(targets, messages, target));
}

async function announce(
  targets: TargetsController,
  messages: Messages,
  target: Target,
): Promise<void> {
  const sentence = exitSentence(target);
  if (sentence === undefined) return;
  const remove = l10n.t('Remove from Targets');
  const answer = await messages.info(sentence, remove);
  if (answer === remove) await targets.remove(target);
}
