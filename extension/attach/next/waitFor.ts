import { l10n } from '../../../views/l10n';
import { NothingDone } from '../../errors';
import { parseNextPattern } from './nextPattern';

/** What is waited for, as `waitFor` of `pidfd.pickProcess` and the argument of `pidfd.attachToNext` have it. */
export interface WaitFor {
  /** A name, a path, or /a regular expression/. */
  readonly pattern: string;
  /** Stop it as it starts; it goes on when the debugger has answered. */
  readonly stop: boolean;
}

/** `"server"`, or `{ "pattern": "server", "stop": true }`. Throws `NothingDone`, with what is wrong. */
export function readWaitFor(given: unknown): WaitFor {
  if (typeof given === 'string') return checked({ pattern: given, stop: false });
  const { pattern, stop = false } = (given ?? {}) as Readonly<Record<string, unknown>>;
  if (typeof pattern === 'string' && typeof stop === 'boolean') return checked({ pattern, stop });
  throw new NothingDone(
    l10n.t('What is waited for must be text, or "pattern" as text and "stop" as true or false.'),
  );
}

function checked(waitFor: WaitFor): WaitFor {
  try {
    parseNextPattern(waitFor.pattern);
    return waitFor;
  } catch (error) {
    throw new NothingDone((error as Error).message);
  }
}
