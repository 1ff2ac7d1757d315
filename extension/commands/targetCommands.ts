import { generalCommands, targetCommands } from '../contributions';
import { l10n } from '../../views/l10n';
import { Target } from '../../views/targets/model';
import { targetText } from '../../views/targets/targetText';
import { NothingDone } from '../errors';
import type { Services } from '../services';
import { attachDebuggerVerb } from './attachDebugger';
import { copy } from './clipboard';
import type { CommandRegistry } from './register';
import { killNow } from './killNow';
import { revealVerb } from './reveal';
import { stopGracefullyVerb } from './stopGracefully';

/** What can be done with the rows of the Targets view. */
export function registerTargetCommands(registry: CommandRegistry, services: Services): void {
  const { targets, messages } = services;
  const onTarget = (run: (target: Target) => unknown) => (argument: unknown) =>
    run(requireTarget(argument));
  registry.register(
    targetCommands.cancel,
    onTarget((target) => targets.drop(target, 'waiting', 'all')),
  );
  registry.register(
    targetCommands.unpin,
    onTarget((target) => targets.drop(target, 'pinned', 'all')),
  );
  registry.register(
    targetCommands.remove,
    onTarget((target) => targets.remove(target)),
  );
  registry.register(
    targetCommands.startNothing,
    onTarget((target) => targets.model.setAfter(target, undefined)),
  );
  registry.register(
    targetCommands.copy,
    onTarget((target) => copy(messages, targetText(target))),
  );
  registry.register(
    targetCommands.reveal,
    onTarget((target) => revealVerb.run(services, target.row)),
  );
  registry.register(
    targetCommands.stopGracefully,
    onTarget((target) => stopGracefullyVerb.run(services, target.row)),
  );
  registry.register(
    targetCommands.killNow,
    onTarget((target) => services.stops.killNow(target)),
  );
  registry.register(
    targetCommands.cancelStop,
    onTarget((target) => services.stops.cancel(target)),
  );
  registry.register(
    targetCommands.attachDebugger,
    onTarget((target) => attachDebuggerVerb.run(services, target.row)),
  );
  registry.register(generalCommands.killNow, () => killNow(services));
  registry.register(generalCommands.clearFinishedTargets, () => targets.model.clearFinished());
}

/** As for processes: no row, no action. */
function requireTarget(argument: unknown): Target {
  if (argument instanceof Target) return argument;
  throw new NothingDone(
    l10n.t('The row changed while you clicked, so nothing was done. Please choose it again.'),
  );
}
