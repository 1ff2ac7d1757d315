import type { ProcessRow } from '../../../native-host/protocol';
import { l10n } from '../../../views/l10n';
import { processName } from '../../../views/rowText';
import { NothingDone } from '../../errors';

/** What a filter can look at. */
const fields = ['name', 'executable', 'commandLine', 'cwd', 'container'] as const;
type Field = (typeof fields)[number];

/** What is not in the row; undefined: not known (yet), so it matches nothing. */
export interface LookedUp {
  readonly cwd?: string | undefined;
  readonly container?: string | undefined;
}

/** Regular expressions: one for any of the fields, or one each, all of which must match. */
export class PickFilter {
  constructor(
    /** As it was written. */
    readonly text: string,
    private readonly any: RegExp | undefined,
    private readonly each: ReadonlyMap<Field, RegExp>,
  ) {}

  /** It can only be asked when that has been looked up. */
  needs(field: 'cwd' | 'container'): boolean {
    return this.any !== undefined || this.each.has(field);
  }

  matches(row: ProcessRow, lookedUp: LookedUp): boolean {
    const values = valuesOf(row, lookedUp);
    const { any } = this;
    if (any) return fields.some((field) => any.test(values[field] ?? ''));
    return [...this.each].every(([field, regex]) => regex.test(values[field] ?? ''));
  }
}

/** Throws `NothingDone`, with what is wrong. */
export function readPickFilter(value: unknown, name: string): PickFilter {
  if (typeof value === 'string') return new PickFilter(value, compile(value, name), new Map());
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(l10n.t('"{0}" must be a regular expression, or an object with some', name));
  }
  const each = Object.entries(value).map(([field, source]) => one(name, field, source));
  const text = each.map(([field, { source }]) => `${field}: ${source}`).join(', ');
  return new PickFilter(text, undefined, new Map(each));
}

function one(name: string, field: string, source: unknown): readonly [Field, RegExp] {
  if (!isField(field)) {
    throw wrong(l10n.t('"{0}" has "{1}", and knows only {2}', name, field, fields.join(', ')));
  }
  const path = `${name}.${field}`;
  if (typeof source === 'string') return [field, compile(source, path)];
  throw wrong(l10n.t('"{0}" must be a regular expression', path));
}

const isField = (field: string): field is Field => (fields as readonly string[]).includes(field);

/** `/source/flags` too, as in the filter of the view. */
function compile(text: string, name: string): RegExp {
  const [, source = text, flags = ''] = /^\/(.+)\/([imsu]*)$/s.exec(text) ?? [];
  if (text === '') throw wrong(l10n.t('"{0}" is empty', name));
  try {
    return new RegExp(source, flags);
  } catch (error) {
    const reason = (error as Error).message.split(': ').at(-1) ?? '';
    throw wrong(l10n.t('"{0}" is no regular expression: {1}', name, reason));
  }
}

function valuesOf(
  row: ProcessRow,
  { cwd, container }: LookedUp,
): Record<Field, string | undefined> {
  return {
    name: processName(row),
    executable: row.exe ?? undefined,
    commandLine: row.args.join(' '),
    cwd,
    container,
  };
}

const wrong = (what: string) => new NothingDone(l10n.t('pidfd.pickProcess: {0}.', what));
