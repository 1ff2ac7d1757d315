// Whether what was asked came back as it must.
import { setTimeout as delay } from 'node:timers/promises';
import { HostClosedError, HostStartError } from '../../extension/host/hostErrors';
import { errorData } from '../../views/errorData';
import { patience } from '../support/patience';
import type { FaultKind } from './faultKinds';
import type { Asked } from './mix';
import { note, type Tally } from './tally';

const answerMs = 15_000 * patience;

function isUnderstood(error: unknown, { isSurvived }: FaultKind): boolean {
  if (error instanceof HostClosedError || error instanceof HostStartError) return !isSurvived;
  const kind = errorData(error)?.kind;
  return kind !== undefined && kind !== 'Internal';
}

/**
 * Notes each that neither came back nor was refused in time, or was refused in a way that nobody can explain. Gives all
 * refusals.
 */
export async function judge(
  asked: readonly Asked[],
  kind: FaultKind,
  tally: Tally,
  where: string,
): Promise<unknown[]> {
  const late = delay(answerMs, 'late' as const, { ref: false });
  const verdicts = asked.map(async ({ what, outcome: told }) => {
    const outcome = await Promise.race([late, told]);
    if (outcome === 'late') note(tally, 'hung', `${where}: ${what} was not answered`);
    else if (outcome && !isUnderstood(outcome.error, kind))
      note(tally, 'wrong', `${where}: ${what}: ${String(outcome.error)}`);
    return outcome === 'late' || !outcome ? [] : [outcome.error];
  });
  return (await Promise.all(verdicts)).flat();
}
