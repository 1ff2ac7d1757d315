import assert from 'node:assert/strict';
import type { ErrorData, ErrorKind } from '../../native-host/protocol';
import { HostError } from './hostClient';

/** The request fails with an error of exactly this kind, code and data agreeing; gives its data. */
export async function rejectsWith(
  kind: ErrorKind,
  request: Promise<unknown>,
  what = 'the request',
): Promise<ErrorData> {
  try {
    assert.fail(`${what}: expected ${kind}, got ${JSON.stringify(await request)}`);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    assert.ok(error.is(kind) && error.data, `${what}: expected ${kind}, got ${error.message}`);
    return error.data;
  }
}
