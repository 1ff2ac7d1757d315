import type { ProcessRow } from '../../../native-host/protocol';
import { l10n } from '../../../views/l10n';
import { processName } from '../../../views/rowText';
import { TookTooLong, withinTime } from '../../../views/withinTime';
import { NothingDone } from '../../errors';

/** What a filter can look at. */
const fields = ['name', 'executable', 'commandLine', 'cwd', 'container'] as const;
type Field = (typeof fields)[number];
type Values = Readonly<Record<Field, string | undefined>>;

/** What is not in the row; undefined: not known (yet), so it matches nothing. */
export interface LookedUp {
  readonly cwd?: string | undefined;
  readonly container?: string | undefined;
}

/** Regular expressions: one for any of the fields, or one each, all of which must match. */
export class PickFilter {
  private isTooSlow = false;

  constructor(
    /** As it was written. */
    readonly text: string,
    private readonly name: string,
    private readonly any: RegExp | undefined,
    private readonly each: ReadonlyMap<Field, RegExp>,
  ) {}

  /** It can only be asked when that has been looked up. */
  needs(field: 'cwd' | 'container'): boolean {
    return this.any !== undefined || this.each.has(field);
  }

  /** Those that it matches. Throws `NothingDone` where that takes too long, and from then on at once. */
  select(
    rows: readonly ProcessRow[],
    lookedUp: (row: ProcessRow) => LookedUp,
  ): readonly ProcessRow[] {
    if (this.isTooSlow) throw this.tooSlow();
    const values = rows.map((row) => valuesOf(row, lookedUp(row)));
    try {
      const found = withinTime(() => values.map((one) => this.matches(one)));
      return rows.filter((_, index) => found[index]);
    } catch (error) {
      if (!(error instanceof TookTooLong)) throw error;
      this.isTooSlow = true;
      throw this.tooSlow();
    }
  }

  private matches(values: Values): boolean {
    const { any } = this;
    if (any) return fields.some((field) => any.test(values[field] ?? ''));
    return [...this.each].every(([field, regex]) => regex.test(values[field] ?? ''));
  }

  private tooSlow(): NothingDone {
    return wrong(l10n.t('"{0}" takes too long on these processes. Make it simpler', this.name));
  }
}

/** Throws `NothingDone`, with what is wrong. */
export function readPickFilter(value: unknown, name: string): PickFilter {
  if (typeof value === 'string')
    return new PickFilter(value, name, compile(value, name), new Map());
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw wrong(l10n.t('"{0}" must be a regular expression, or an object with some', name));
  }
  const each = Object.entries(value).map(([field, source]) => one(name, field, source));
  const text = each.map(([field, { source }]) => `${field}: ${source}`).join(', ');
  return new PickFilter(text, name, undefined, new Map(each));
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

function valuesOf(row: ProcessRow, { cwd, container }: LookedUp): Values {
  return {
    name: processName(row),
    executable: row.exe ?? undefined,
    commandLine: row.args.join(' '),
    cwd,
    container,
  };
}

const wrong = (what: string) => new NothingDone(l10n.t('pidfd.pickProcess: {0}.', what));
