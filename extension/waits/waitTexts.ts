import { duration } from '../../views/format';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { exitSentence } from '../../views/targets/exitText';
import type { Target } from '../../views/targets/model';
import type { WaitEnd } from '../../views/waits/waits';

/** What is told when a wait is over: which process, how it ended, how long it ran. */
export function waitEndText(end: WaitEnd): string {
  switch (end.kind) {
    case 'one':
      return exitSentence(end.target) ?? '';
    case 'any':
      return l10n.t(
        '{0}. It was the first; {1} others are not waited for any more',
        exitSentence(end.target) ?? '',
        end.others.length,
      );
    case 'all':
      return l10n.t('All have ended: {0}', endCounts(end.targets));
    case 'limit':
      return limitText(end.open, end.limitMs);
  }
}

function limitText(open: readonly Target[], limitMs: number): string {
  const [first] = open;
  const time = duration(limitMs);
  return open.length === 1 && first
    ? l10n.t(
        '{0} still runs after {1} and is not waited for any more',
        namedProcess(first.row),
        time,
      )
    : l10n.t('{0} still run after {1} and are not waited for any more', open.length, time);
}

/** `990 with code 0, 7 with another code, 2 killed, 1 unknown`; what did not happen is left out. */
export function endCounts(targets: readonly Target[]): string {
  const kinds = targets.map(endKind);
  const count = (kind: ReturnType<typeof endKind>) => kinds.filter((one) => one === kind).length;
  const parts = [
    count('zero') > 0 && l10n.t('{0} with code 0', count('zero')),
    count('code') > 0 && l10n.t('{0} with another code', count('code')),
    count('killed') > 0 && l10n.t('{0} killed', count('killed')),
    count('unknown') > 0 && l10n.t('{0} with unknown status', count('unknown')),
  ];
  return parts.filter(Boolean).join(', ');
}

function endKind({ state }: Target): 'zero' | 'code' | 'killed' | 'unknown' {
  if (state.kind !== 'ended' || state.status.kind === 'unknown') return 'unknown';
  if (state.status.kind === 'signaled') return 'killed';
  return state.status.code === 0 ? 'zero' : 'code';
}

/** Whom it is about, for details and the clipboard. */
export function targetsOf(end: WaitEnd): readonly Target[] {
  switch (end.kind) {
    case 'one':
      return [end.target];
    case 'any':
      return [end.target, ...end.others];
    case 'all':
      return end.targets;
    case 'limit':
      return end.open;
  }
}
