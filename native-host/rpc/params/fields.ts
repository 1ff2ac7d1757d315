import { HostError } from '../../hostError.js';

export const longestPath = 4096; // PATH_MAX, linux/limits.h
/** Of any list of things to be done by one request. */
export const mostItems = 10_000;

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

export function listOf(fields: Fields, name: string, most: number, least = 0): readonly unknown[] {
  const value = fields[name];
  if (Array.isArray(value) && value.length >= least && value.length <= most) return value;
  throw invalid(`${name} must be a list of ${least} to ${most}`);
}

export function oneOf<T extends string>(value: unknown, all: readonly T[], name: string): T {
  const found = all.find((one) => one === value);
  if (found !== undefined) return found;
  throw invalid(`${name} must be one of ${all.join(', ')}`);
}

export function absolutePath(fields: Fields): string {
  const path = text(fields, 'path', longestPath);
  if (path.startsWith('/') && !path.includes('\0')) return path;
  throw invalid('path must be absolute');
}
