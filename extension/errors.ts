import type { ErrorData, ErrorKind, ProcessRow } from '../native-host/protocol';
import type { SignalOrder } from './signals/signalOrder';
import { errorData, isKind } from '../views/errorData';
import { messageText } from '../views/escape';
import { l10n } from '../views/l10n';
import { namedProcess, processName } from '../views/rowText';
import { signalName } from '../views/signals';
import { FilterError, FilterTooSlow } from '../views/processes/filter';
import { HostClosedError, HostStartError, UnsupportedPlatformError } from './host/hostErrors';

/** What a button under an error does; the title is in `errorButtons`. */
export type ErrorAction =
  'showLog' | 'retry' | 'retryWithSudo' | 'openSetting' | 'showCapabilities';

export interface Description {
  readonly text: string;
  readonly actions: readonly ErrorAction[];
}

/** A sentence that is complete as it is, and no fault: nothing was done, and why. */
export class NothingDone extends Error {
  override readonly name = 'NothingDone';
}

/** An error and the process that it is about, for the sentence. */
export class ProcessError extends Error {
  override readonly name = 'ProcessError';

  constructor(
    readonly row: ProcessRow,
    override readonly cause: unknown,
    /** Would it have touched the process? Only then it is worth saying that none was. */
    readonly isTouch = false,
  ) {
    super(`${row.key}: ${String(cause)}`);
  }
}

/** A signal that did not go: where it was not permitted, root may try. */
export class SignalError extends ProcessError {
  constructor(
    row: ProcessRow,
    cause: unknown,
    readonly order: SignalOrder,
  ) {
    super(row, cause, true);
  }
}

/** Runs `action`; what it throws will name the process. */
export function aboutProcess<T>(row: ProcessRow, action: () => Promise<T>): Promise<T> {
  return about(row, false, action);
}

/** The same for what sends signals. */
export function aboutSignalled<T>(row: ProcessRow, action: () => Promise<T>): Promise<T> {
  return about(row, true, action);
}

async function about<T>(row: ProcessRow, isTouch: boolean, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof NothingDone || error instanceof ProcessError) throw error;
    throw new ProcessError(row, error, isTouch);
  }
}

type Sentence = (who: string, data: ErrorData) => Description;

const text = (sentence: string, ...actions: ErrorAction[]): Description => ({
  text: sentence,
  actions,
});

const cause = (data: ErrorData) => messageText(data.cause ?? data.kind);

/** What happened, to which process, why, and what to do about it. */
const sentences: Readonly<Record<ErrorKind, Sentence>> = {
  Gone: (who) => text(l10n.t('{0} has ended already.', who)),
  Denied: (who, data) => text(denied(who, data), 'showLog'),
  Unsupported: (who, data) =>
    text(
      l10n.t('This kernel or container cannot do that with {0} ({1}).', who, cause(data)),
      'showCapabilities',
    ),
  Invalid: (who, data) =>
    text(l10n.t('That cannot be asked about {0} ({1}).', who, cause(data)), 'showLog'),
  NotAProcess: (who) =>
    text(l10n.t('{0} is a thread. Use the number of the process that it belongs to.', who)),
  Invisible: (who) =>
    text(l10n.t('{0} has no number in this PID namespace and cannot be reached from here.', who)),
  Refused: (who) =>
    text(
      l10n.t(
        '{0} is the native host, or what it runs in: stopping it would stop what must continue it. Nothing was done.',
        who,
      ),
    ),
  Overlaps: (who) =>
    text(
      l10n.t(
        '{0} is in a tree that is being stopped already, or that tree is below it. Nothing was done; try again when that is over.',
        who,
      ),
    ),
  Unguarded: (who) =>
    text(
      l10n.t(
        'What would let {0} go on, should the native host die, has ended or does not answer. Nobody stays stopped. Please try again.',
        who,
      ),
      'showLog',
    ),
  ProgramChanged: (who, data) => text(programChanged(who, data)),
  Exhausted: (who, data) => text(exhausted(who, data), 'showLog'),
  Internal: (who, data) =>
    text(l10n.t('The native host failed with {0} ({1}).', who, cause(data)), 'showLog'),
};

function denied(who: string, { row }: ErrorData): string {
  return row
    ? l10n.t(
        'The kernel does not let you do that with {0}: it belongs to {1}. Try as that user, or as root.',
        who,
        messageText(row.user),
      )
    : l10n.t('The kernel does not let you do that with {0}. Try as its user, or as root.', who);
}

function programChanged(who: string, { row }: ErrorData): string {
  return row
    ? l10n.t('{0} runs {1} by now. Nothing was done.', who, messageText(processName(row)))
    : l10n.t('{0} runs another program by now. Nothing was done.', who);
}

function exhausted(who: string, { limit, cause }: ErrorData): string {
  if (cause?.startsWith('ENOSPC'))
    // Node's, of a folder; the kernel's own begin with the call
    return l10n.t(
      'There is no room for a temporary folder, which {0} needs: {1}. Make some on that disk.',
      who,
      messageText(cause),
    );
  if (cause?.endsWith('EAGAIN'))
    return l10n.t(
      'No further process can be started for {0}: a limit of processes is reached. End some, or raise the limit.',
      who,
    );
  return limit === null
    ? l10n.t('There are no resources left for {0}. Remove targets that you need no more.', who)
    : l10n.t(
        'Too many files are open for {0} (the limit is {1}). Remove targets that you need no more.',
        who,
        limit,
      );
}

/** The one place where an error becomes a sentence. */
export function describeError(error: unknown): Description {
  if (!(error instanceof ProcessError)) return describe(error, undefined);
  const who = namedProcess(error.row);
  if (error.isTouch && isKind(error.cause, 'Gone')) return text(untouched(who));
  const described = describe(error.cause, who);
  const rootMay = error instanceof SignalError && isKind(error.cause, 'Denied');
  return rootMay ? withSudo(described, error.order.signal) : described;
}

const untouched = (who: string) => l10n.t('{0} has ended. No process was touched.', who);

/** One signal, also where more were to follow. */
function withSudo(described: Description, signal: number): Description {
  const retry = l10n.t('Retry with sudo sends {0}, and nothing after it.', signalName(signal));
  return {
    text: `${described.text} ${retry}`,
    actions: ['retryWithSudo', ...described.actions],
  };
}

function describe(error: unknown, who: string | undefined): Description {
  const data = errorData(error);
  if (data) return sentences[data.kind](who ?? whoever(data), data);
  if (error instanceof HostClosedError) return closed(error, who);
  if (error instanceof HostStartError) return notStarted(error);
  if (error instanceof UnsupportedPlatformError) return text(unsupportedPlatform());
  const message = messageText(error instanceof Error ? error.message : String(error));
  // Made of what has been escaped, and of what launch.json and keybindings say, which has not.
  if (error instanceof NothingDone || error instanceof FilterTooSlow) return text(message);
  if (error instanceof FilterError) return text(l10n.t('This filter cannot be read: {0}', message));
  return text(wentWrong(who, message), 'showLog');
}

const wentWrong = (who: string | undefined, message: string) =>
  who === undefined
    ? l10n.t('Something went wrong: {0}', message)
    : l10n.t('Something went wrong with {0}: {1}', who, message);

function whoever({ pid, row }: ErrorData): string {
  if (row) return namedProcess(row);
  return pid === null ? l10n.t('the process') : l10n.t('the process with pid {0}', pid);
}

/** A signal is not sent again: the first one may have arrived. */
function closed({ method }: HostClosedError, who: string | undefined): Description {
  switch (method) {
    case 'tree/stop':
      return text(treeClosed(who ?? l10n.t('the process')), 'showLog');
    case 'signal/send':
    case 'signal/batch':
      return text(signalClosed(who ?? l10n.t('the process')), 'showLog');
    default:
      return text(questionClosed(who), 'showLog');
  }
}

function signalClosed(who: string): string {
  return l10n.t(
    'The native host ended before it answered. It is unknown whether {0} got the signal; it is not sent again.',
    who,
  );
}

function questionClosed(who: string | undefined): string {
  return who === undefined
    ? l10n.t('The native host ended before it answered. Please try again.')
    : l10n.t('The native host ended before it answered about {0}. Please try again.', who);
}

function treeClosed(who: string): string {
  return l10n.t(
    'The native host ended while the tree of {0} was being stopped. What it held still goes on; it is unknown who got a signal, and nothing is sent again.',
    who,
  );
}

function notStarted({ message }: HostStartError): Description {
  const reason = messageText(message);
  return text(
    l10n.t('The native host could not be started: {0}', reason),
    'retry',
    'showLog',
    'openSetting',
  );
}

function unsupportedPlatform(): string {
  return l10n.t(
    'Pidfd Explorer works where the Linux processes are. Open a window there: Remote - SSH, WSL or a Dev Container.',
  );
}

export function errorButtons(): Readonly<Record<ErrorAction, string>> {
  return {
    showLog: l10n.t('Show Log'),
    retry: l10n.t('Retry'),
    retryWithSudo: l10n.t('Retry with sudo'),
    openSetting: l10n.t('Open Setting'),
    showCapabilities: l10n.t('Show Capabilities'),
  };
}
