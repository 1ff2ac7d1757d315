import type { ErrorData, ErrorKind } from '../native-host/protocol';
import { errorCodes } from '../native-host/protocol';

/** What the native host said about a failed request; undefined when the error is not the native host's. */
export function errorData(error: unknown): ErrorData | undefined {
  const data: unknown = (error as { data?: unknown } | undefined)?.data;
  const kind: unknown = (data as { kind?: unknown } | undefined)?.kind;
  return typeof kind === 'string' && Object.hasOwn(errorCodes, kind)
    ? (data as ErrorData)
    : undefined;
}

export function isKind(error: unknown, kind: ErrorKind): boolean {
  return errorData(error)?.kind === kind;
}
