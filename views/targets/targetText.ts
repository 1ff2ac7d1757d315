import type { ProcessState } from '../../native-host/protocol';
import { visible } from '../escape';
import { timestamp } from '../format';
import { l10n } from '../l10n';
import { labelText, notableState } from '../rowText';
import { afterExitText, type AfterExit } from './afterExit';
import { hasEndedAsAsked } from './endedAsAsked';
import { statusText } from './exitText';
import type { Target, TargetState, Why } from './model';

function stateText({ state, since, why, row, note }: Target): string {
  switch (state.kind) {
    case 'waiting':
      return state.held
        ? [openText(why, timestamp(since)), note, doingText(row.state)].filter(Boolean).join(' · ')
        : notHeldText(state.trouble);
    case 'exited':
      return uncollectedText(state);
    case 'ended':
      return statusText(state.status);
  }
}

function notHeldText(trouble: string | undefined): string {
  return trouble === undefined
    ? l10n.t('not held yet: the native host is starting or down')
    : l10n.t('not held, so nobody sees how it ends; it is tried again: {0}', visible(trouble));
}

/** What it does now, as far as the kernel has a word for it. */
function doingText(state: ProcessState): string | undefined {
  switch (state) {
    case 'R':
      return l10n.t('running');
    case 'S':
    case 'I':
      return l10n.t('sleeping');
    default:
      return notableState(state);
  }
}

function openText(why: Why, since: string): string {
  switch (why) {
    case 'waiting':
      return l10n.t('waiting since {0}', since);
    case 'stopping':
      return l10n.t('being stopped');
    case 'pinned':
      return l10n.t('pinned since {0}', since);
    case 'debugging':
      return l10n.t('being debugged since {0}', since);
  }
}

function uncollectedText({ parent }: TargetState & { kind: 'exited' }): string {
  return parent
    ? l10n.t('ended, not yet collected by {0} ({1})', visible(parent.comm), parent.pid)
    : l10n.t('ended, not yet collected by its parent');
}

/** When the last thing happened that the row tells of; undefined while waiting, and where nobody saw it. */
function stateTime(state: TargetState): string | undefined {
  return state.kind === 'waiting' || state.at === null ? undefined : timestamp(state.at);
}

/** What is going to be started; how that went is told when it is. */
function thenText(after: AfterExit | undefined, { kind }: TargetState): string | undefined {
  return after && kind !== 'ended' ? l10n.t('then: {0}', afterExitText(after)) : undefined;
}

/** What stands after the name on a row of the Targets view: a narrow one cuts the rest, so what matters comes first. */
export function targetDescription(target: Target, figures = ''): string {
  const { row, state, after } = target;
  const told = [stateTime(state), stateText(target)];
  const pid = String(row.pid);
  const parts = state.kind === 'waiting' ? [pid, figures, ...told] : [...told, pid];
  return [...parts, thenText(after, state)].filter(Boolean).join(' · ');
}

/** The whole row as text: for the clipboard and for screen readers. */
export function targetText(target: Target): string {
  const { row, state, after } = target;
  const asked = hasEndedAsAsked(target) ? l10n.t('as asked') : undefined;
  const told = [stateText(target), asked, stateTime(state), thenText(after, state)];
  const parts = told.filter(Boolean).join(', ');
  return l10n.t('{0} (pid {1}, {2}): {3}', labelText(row), row.pid, row.key, parts);
}
