import type { ProcessRow } from '../../native-host/protocol';
import { processName } from '../rowText';

/** Start and end of a part of a label, as VS Code's `TreeItemLabel.highlights` wants them. */
export type Range = [start: number, end: number];

export interface Filter {
  readonly text: string;
  matches(row: ProcessRow): boolean;
  /** Where the filter matches in text that is shown. */
  ranges(shown: string): Range[];
}

export class FilterError extends Error {
  override readonly name = 'FilterError';
}

/** Plain text, or `/regex/` with optional flags; undefined for nothing. Throws a FilterError. */
export function parseFilter(text: string): Filter | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const regex = /^\/(.+)\/([gimsuy]*)$/s.exec(trimmed);
  return makeFilter(trimmed, regex ? compile(regex[1] ?? '', regex[2] ?? '') : plain(trimmed));
}

function plain(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'giu');
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

function makeFilter(text: string, regex: RegExp): Filter {
  return {
    text,
    matches: (row) => fieldsOf(row).some((field) => field.search(regex) >= 0),
    ranges: (shown) =>
      [...shown.matchAll(regex)]
        .filter(([found]) => found.length > 0)
        .map((match) => [match.index, match.index + match[0].length]),
  };
}

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
