import type { ProcessRow } from '../../native-host/protocol';
import { fieldsOf } from '../fieldsOf';
import type { Place } from '../place';
import type { Why } from './model';

/** What the next window needs to hold the same process again. */
export interface StoredTarget {
  readonly row: ProcessRow;
  readonly since: number;
  readonly why: Why;
  /** All that it was held for, where that is more than `why`. */
  readonly reasons?: readonly Why[];
  /** That it had; what waits together names its members by it. */
  readonly token?: string;
  /** What it starts at its end, unread: it is checked when it comes back. */
  readonly after?: unknown;
}

export interface Stored {
  readonly place: Place;
  readonly targets: readonly StoredTarget[];
  /** Unread: each is checked when it comes back. */
  readonly groups: readonly unknown[];
}

/**
 * Undefined for what is none of ours, and without what is no target: another version may have left it, or anybody. What
 * is left out, `log` is told.
 */
export function readStored(stored: unknown, log: (line: string) => void): Stored | undefined {
  if (stored === undefined) return undefined;
  const { place, targets, groups = [] } = fieldsOf(stored);
  if (!isPlace(place) || !Array.isArray(targets) || !Array.isArray(groups)) {
    log('the targets of before are stored in another form: none is held again');
    return undefined;
  }
  const read = targets.filter(isTarget);
  const others = targets.length - read.length;
  if (others > 0) log(`${others} targets of before are stored in another form: not held again`);
  return { place, targets: read, groups };
}

type Check = (value: unknown) => boolean;

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => Number.isFinite(value);
const isTrueOrFalse: Check = (value) => typeof value === 'boolean';
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);

/** What each field of a row has to be for it to be drawn. Whom it means, the native host says. */
const rowChecks: Readonly<Record<keyof ProcessRow, Check>> = {
  ...{ key: isText, pid: isNumber, ppid: isNumber, parentKey: orNull(isText) },
  ...{ uid: orNull(isNumber), user: isText, state: isText, startedAt: orNull(isNumber) },
  ...{ comm: isText, args: (value) => Array.isArray(value) && value.every(isText) },
  ...{ argsCut: isTrueOrFalse, exe: orNull(isText), kind: isText, program: isText },
};

function isPlace(value: unknown): value is Place {
  const { bootId, pidNamespace } = fieldsOf(value);
  return isText(bootId) && orNull(isText)(pidNamespace);
}

/** With all that is drawn of one. */
export function isRow(value: unknown): value is ProcessRow {
  const fields = fieldsOf(value);
  return Object.entries(rowChecks).every(([name, check]) => check(fields[name]));
}

const whys: Readonly<Record<Why, 0>> = { waiting: 0, stopping: 0, pinned: 0, debugging: 0 };

export const isWhy = (value: unknown): value is Why => Object.hasOwn(whys, String(value));

function isTarget(value: unknown): value is StoredTarget {
  const { row, since, why, reasons = [why], token } = fieldsOf(value);
  if (!isRow(row) || !isNumber(since)) return false;
  if (!Array.isArray(reasons) || reasons.length === 0 || !reasons.every(isWhy)) return false;
  return isWhy(why) && (token === undefined || isText(token));
}
