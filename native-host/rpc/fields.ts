import { HostError } from '../hostError.js';

/** What came over the pipe, not looked into yet. */
export type Fields = Readonly<Record<string, unknown>>;

export function invalid(what: string): HostError {
  return new HostError('Invalid', `bad parameters: ${what}`);
}

export function fieldsOf(params: unknown): Fields {
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    throw invalid('an object is wanted');
  }
  return params as Fields;
}

export function text(fields: Fields, name: string, limit: number): string {
  const value = fields[name];
  if (typeof value === 'string' && value.length > 0 && value.length <= limit) return value;
  throw invalid(`${name} must be text of at most ${limit} characters`);
}

export function integer(fields: Fields, name: string, least: number, most: number): number {
  const value = fields[name];
  if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) {
    return Number(value);
  }
  throw invalid(`${name} must be an integer from ${least} to ${most}`);
}

export function yesOrNo(fields: Fields, name: string): boolean {
  const value = fields[name];
  if (typeof value === 'boolean') return value;
  throw invalid(`${name} must be true or false`);
}
