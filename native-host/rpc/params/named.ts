/** Who is meant: by key, token, program. */
import { parseKey } from '../../process/identity.js';
import type { ProcessKey, ProgramId, TargetToken } from '../../protocol.js';
import { fieldsOf, invalid, listOf, text, type Fields } from './fields.js';

export function key(fields: Fields, name = 'key'): ProcessKey {
  const value = text(fields, name, 64);
  if (!parseKey(value)) throw invalid(`${name} must be PID:INODE or PID@STARTTICKS`);
  return value as ProcessKey;
}

export const keyAlone = (params: unknown) => ({ key: key(fieldsOf(params)) });

export const optionalKey = (fields: Fields) =>
  fields['key'] === undefined ? {} : { key: key(fields) };

export const keys = (fields: Fields, most: number): ProcessKey[] =>
  listOf(fields, 'keys', most).map((one) => key({ key: one }));

export const token = (fields: Fields) => text(fields, 'token', 128) as TargetToken;

export const tokenAlone = (params: unknown) => ({ token: token(fieldsOf(params)) });

export function tokenAndKey(params: unknown): { token: TargetToken; key: ProcessKey } {
  const fields = fieldsOf(params);
  return { token: token(fields), key: key(fields) };
}

export function program(fields: Fields): { program?: ProgramId } {
  if (fields['program'] === undefined) return {};
  return { program: text(fields, 'program', 128) as ProgramId };
}
