import type { ProcessRow } from '../../native-host/protocol';
import { l10n } from '../l10n';
import { processName } from '../rowText';
import { TookTooLong, withinTime } from '../withinTime';

/** Start and end of a part of a label, as VS Code's `TreeItemLabel.highlights` wants them. */
export type Range = [start: number, end: number];

export interface Filter {
  readonly text: string;
  /** It took too long on some rows, and is not tried any more: all match. */
  readonly isTooSlow: boolean;
  /** Tries those that are not known yet, all in one time limit. @throws FilterTooSlow, once */
  learn?(rows: Iterable<ProcessRow>): void;
  matches(row: ProcessRow): boolean;
  /** Where the filter matches in text that is shown. */
  ranges(shown: string): Range[];
}

export class FilterError extends Error {
  override readonly name: string = 'FilterError';
}

/** Its message is a sentence. */
export class FilterTooSlow extends FilterError {
  override readonly name = 'FilterTooSlow';

  constructor() {
    super(l10n.t('This filter takes too long on these processes. Make it simpler.'));
  }
}

/** Plain text, or `/regex/` with optional flags; undefined for nothing. Throws a FilterError. */
export function parseFilter(text: string): Filter | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const regex = /^\/(.+)\/([gimsuy]*)$/s.exec(trimmed);
  if (!regex) return plainFilter(trimmed);
  return new PatternFilter(trimmed, compile(regex[1] ?? '', regex[2] ?? ''));
}

/** Its text is escaped, so it cannot backtrack, and needs no time limit. */
function plainFilter(text: string): Filter {
  const regex = new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
  return {
    text,
    isTooSlow: false,
    matches: (row) => isIn(fieldsOf(row), regex),
    ranges: (shown) => rangesIn(shown, regex),
  };
}

function compile(source: string, flags: string): RegExp {
  try {
    // 'g' to find every place in a label; 'y' would tie matches to the start.
    return new RegExp(source, [...new Set(`${flags.replace('y', '')}g`)].join(''));
  } catch (error) {
    // "Invalid regular expression: /SOURCE/FLAGS: REASON": with flags that nobody typed.
    throw new FilterError((error as Error).message.split(': ').at(-1));
  }
}

/** Most processes share their names with others. */
const mostLabels = 1000;

class PatternFilter implements Filter {
  isTooSlow = false;
  private marks = true;
  private readonly verdicts = new WeakMap<ProcessRow, boolean>();
  private readonly labels = new Map<string, Range[]>();

  constructor(
    readonly text: string,
    private readonly regex: RegExp,
  ) {}

  learn(rows: Iterable<ProcessRow>): void {
    if (this.isTooSlow) return;
    const unknown = [...rows].filter((row) => !this.verdicts.has(row));
    if (unknown.length === 0) return;
    const texts = unknown.map(fieldsOf);
    const found = inTime(() => texts.map((fields) => isIn(fields, this.regex)));
    this.isTooSlow = found === undefined;
    if (!found) throw new FilterTooSlow();
    unknown.forEach((row, index) => this.verdicts.set(row, found[index] === true));
  }

  matches(row: ProcessRow): boolean {
    if (!this.verdicts.has(row)) this.learn([row]);
    return this.isTooSlow || this.verdicts.get(row) === true;
  }

  /** A row is drawn, whatever happens: without marks, where those take too long. */
  ranges(shown: string): Range[] {
    if (this.isTooSlow || !this.marks) return [];
    const ranges = this.labels.get(shown) ?? inTime(() => rangesIn(shown, this.regex));
    this.marks = ranges !== undefined;
    if (this.labels.size >= mostLabels) this.labels.clear();
    if (ranges) this.labels.set(shown, ranges);
    return ranges ?? [];
  }
}

/** undefined: it takes too long. */
function inTime<T>(action: () => T): T | undefined {
  try {
    return withinTime(action);
  } catch (error) {
    if (error instanceof TookTooLong) return undefined;
    throw error;
  }
}

const isIn = (texts: readonly string[], regex: RegExp) =>
  texts.some((text) => text.search(regex) >= 0);

const rangesIn = (shown: string, regex: RegExp): Range[] =>
  [...shown.matchAll(regex)]
    .filter(([found]) => found.length > 0)
    .map((match) => [match.index, match.index + match[0].length]);

/** A person types one filter after another. Rows never change, and what is gone takes its texts along. */
const known = new WeakMap<ProcessRow, readonly string[]>();

function fieldsOf(row: ProcessRow): readonly string[] {
  let texts = known.get(row);
  if (!texts) known.set(row, (texts = fields(row)));
  return texts;
}

function fields(row: ProcessRow): readonly string[] {
  const name = processName(row);
  const others = [row.args.join(' '), String(row.pid), row.user];
  return name === row.comm ? [name, ...others] : [name, row.comm, ...others];
}
