import type { Disposable } from '../../views/emitter';
import { messageText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { afterExitText, type AfterExit } from '../../views/targets/afterExit';
import type { Target } from '../../views/targets/model';
import type { TargetsController } from '../../views/targets/targetsController';
import { describeError, NothingDone } from '../errors';
import type { Services } from '../services';

/** What starts things; in VS Code `startAfterExit.ts`. */
export interface Starter {
  isTrusted(): boolean;
  /** False where there is no such thing any more. */
  start(after: AfterExit): PromiseLike<boolean>;
}

type Needed = Pick<Services, 'messages' | 'log'>;

/** Starts what a wait was given for its end: once, for nothing else ends a target twice. */
export function runAfterExits(
  services: Needed,
  targets: Pick<TargetsController, 'onDidEnd' | 'onDidLetGo' | 'model'>,
  starter: Starter,
): Disposable {
  const parts = [
    targets.onDidEnd((target) => {
      if (target.after) void runOrTell(services, target, target.after, starter);
    }),
    targets.onDidLetGo((target) => {
      if (!target.after) return;
      tellCancelled(services, target, target.after);
      targets.model.setAfter(target, undefined); // it may be held for something else
    }),
  ];
  return { dispose: () => parts.forEach((part) => part.dispose()) };
}

/** Said, for no row shows it from now on. */
function tellCancelled({ messages }: Needed, { row }: Target, after: AfterExit): void {
  const [who, what] = [namedProcess(row), messageText(afterExitText(after))];
  messages.status(l10n.t('{0} is not waited for any more, so nothing starts: {1}', who, what));
}

async function runOrTell(
  services: Needed,
  target: Target,
  after: AfterExit,
  starter: Starter,
): Promise<void> {
  const [who, what] = [namedProcess(target.row), messageText(afterExitText(after))];
  try {
    check(target, who, what, starter);
    services.messages.status(l10n.t('{0} has ended. Starting: {1}', who, what));
    if (!(await starter.start(after))) throw new NothingDone(missing(who, what));
  } catch (error) {
    tell(services, who, what, error);
  }
}

/** Nobody saw the end of what was lost: it may be long ago. */
function check({ state }: Target, who: string, what: string, starter: Starter): void {
  const isLost =
    state.kind === 'ended' && state.status.kind === 'unknown' && state.status.reason === 'lost';
  if (isLost) {
    throw new NothingDone(
      l10n.t('{0} ended while nobody watched, so this was not started: {1}', who, what),
    );
  }
  if (!starter.isTrusted()) {
    throw new NothingDone(
      l10n.t(
        '{0} has ended. This workspace is not trusted, so this was not started: {1}',
        who,
        what,
      ),
    );
  }
}

const missing = (who: string, what: string) =>
  l10n.t('{0} has ended. What was to be started is not there any more: {1}', who, what);

function tell({ messages, log }: Needed, who: string, what: string, error: unknown): void {
  const { text } = describeError(error);
  log.warn(`after the end of ${who}, ${what}: ${String(error)}`);
  if (error instanceof NothingDone) void messages.warn(text);
  else void messages.error(l10n.t('{0} has ended, but this failed: {1}. {2}', who, what, text));
}
