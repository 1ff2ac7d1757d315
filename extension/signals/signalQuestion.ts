import type { ProcessRow, SignalGuard } from '../../native-host/protocol';
import { shownCommandLine } from '../../views/commandLine';
import { messageText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { identifiedProcess, processName } from '../../views/rowText';
import { effectText, guardText } from '../../views/signalEffects';
import { endsProcess, SIGKILL, signalName, SIGTERM } from '../../views/signals';
import { effectsOfSeveral } from './effectsOfSeveral';
import { wouldEnd, type Foresight } from './mustAsk';
import type { SignalOrder } from './signalOrder';

const longestDetail = 500;

/** Which process, by name, number and start time, and what it gets. */
export function question(row: ProcessRow, { signal, scope }: SignalOrder): string {
  const who = identifiedProcess(row);
  const name = signalName(signal);
  if (scope?.kind === 'group') return l10n.t('Send {0} to the process group of {1}?', name, who);
  if (scope?.kind === 'thread') {
    const thread = messageText(scope.thread.comm);
    return l10n.t('Send {0} to thread {1} ({2}) of {3}?', name, scope.thread.tid, thread, who);
  }
  if (signal === SIGKILL) return l10n.t('Kill {0}?', who);
  if (signal === SIGTERM) return l10n.t('Terminate {0}?', who);
  return l10n.t('Send {0} to {1}?', name, who);
}

/** The button that says yes. */
export function yes({ signal, scope }: SignalOrder): string {
  const whole = scope === undefined || scope.kind === 'process';
  if (whole && signal === SIGKILL) return l10n.t('Kill');
  if (whole && signal === SIGTERM) return l10n.t('Terminate');
  return l10n.t('Send {0}', signalName(signal));
}

/** Below the question: what is at risk, what the signal will do, and the command line that tells twins apart. */
export function questionDetail(row: ProcessRow, order: SignalOrder, foresight: Foresight): string {
  const command = messageText(shownCommandLine(row.args)).slice(0, longestDetail);
  const guards = order.scope?.kind === 'group' ? ofOne(foresight) : foresight.guards.map(guardText);
  const lines = [...guards, consequence(order, foresight), command];
  return lines.filter(Boolean).join('\n\n');
}

function consequence({ signal, scope }: SignalOrder, foresight: Foresight): string {
  const name = signalName(signal);
  if (scope?.kind === 'group') return ofGroup(signal, foresight);
  if (scope?.kind === 'thread' && wouldEnd(signal, foresight)) {
    return l10n.t('{0} ends the whole process, whichever thread gets it.', name);
  }
  if (wouldEnd(signal, foresight) && !endsProcess(signal) && foresight.effect !== 'unknown') {
    return l10n.t('It has no handler for {0}, so {0} ends it.', name);
  }
  return l10n.t('Effect of {0}: {1}.', name, effectText(foresight.effect));
}

function ofGroup(signal: number, { members = [] }: Foresight): string {
  const all = l10n.t('Every process of its group gets {0}.', signalName(signal));
  return members.length === 0 ? all : `${all}\n${effectsOfSeveral(signal, members)}`;
}

/** The guards of a group are somebody's in it. */
function ofOne({ guards }: Foresight): string[] {
  return guards.map((guard) => `${l10n.t('One of them:')} ${guardText(guard)}`);
}

/** For several at once: each guard once. */
export function distinctGuards(foresights: readonly Foresight[]): SignalGuard[] {
  return [...new Set(foresights.flatMap(({ guards }) => guards))];
}

/** For what has become another program since the row was drawn. */
export function changedQuestion(before: ProcessRow, now: ProcessRow, order: SignalOrder): string {
  const was = messageText(processName(before));
  return l10n.t('{0} has become {1} since. {2}', was, identifiedProcess(now), question(now, order));
}
