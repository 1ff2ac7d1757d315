import type { ErrorData, ErrorKind, ProcessRow } from '../../native-host/protocol';
import { errorData } from '../../views/errorData';
import { messageText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { HostClosedError } from '../host/hostErrors';

export type Fate = 'sent' | 'gone' | 'denied' | 'changed' | 'unknown' | 'failed';

/** What became of one of several. `error` where it was not sent, or nobody knows. */
export interface Outcome {
  readonly row: ProcessRow;
  readonly fate: Fate;
  readonly error?: unknown;
}

/** One of a group that was signalled one by one: the native host tells of each in one reply. */
export function memberOutcome(row: ProcessRow, kind: ErrorKind | null): Outcome {
  if (kind === null) return { row, fate: 'sent' };
  return failedOutcome(row, { kind, cause: null, pid: row.pid, row, limit: null });
}

/** What failed for one of several is told inside a reply, and is the same error as a failed reply's. */
export function failedOutcome(row: ProcessRow, data: ErrorData): Outcome {
  const error = Object.assign(new Error(data.kind), { data });
  return { row, fate: fateOf(error), error };
}

/** What kept one of several from being signalled, or makes that unknown. */
export function outcomeOfError(row: ProcessRow, error: unknown): Outcome {
  return { row, fate: fateOf(error), error };
}

/** What an error means among many; the sentence for it is the one table's. */
export function fateOf(error: unknown): Fate {
  if (error instanceof HostClosedError) return 'unknown';
  switch (errorData(error)?.kind) {
    case 'Gone':
      return 'gone';
    case 'Denied':
      return 'denied';
    case 'ProgramChanged':
      return 'changed';
    default:
      return 'failed';
  }
}

/** `12 sent, 1 already gone, 2 not permitted: owned by root`; what did not happen is left out. */
export function outcomeSummary(outcomes: readonly Outcome[]): string {
  const of = (fate: Fate) => outcomes.filter((outcome) => outcome.fate === fate);
  const parts = [
    count(of('sent'), (n) => l10n.t('{0} sent', n)),
    count(of('gone'), (n) => l10n.t('{0} already gone', n)),
    count(of('denied'), (n) => l10n.t('{0} not permitted: owned by {1}', n, owners(of('denied')))),
    count(of('changed'), (n) => l10n.t('{0} not sent: another program runs there by now', n)),
    count(of('unknown'), (n) => l10n.t('{0} unknown whether sent', n)),
    count(of('failed'), (n) => l10n.t('{0} failed', n)),
  ];
  return parts.filter(Boolean).join(', ');
}

function count(outcomes: readonly Outcome[], text: (n: number) => string): string | undefined {
  return outcomes.length === 0 ? undefined : text(outcomes.length);
}

function owners(outcomes: readonly Outcome[]): string {
  return [...new Set(outcomes.map(({ row }) => messageText(row.user)))].join(', ');
}
