import assert from 'node:assert/strict';
import type { ExitStatus, InitializeResult } from '../../native-host/protocol';

function decode(raw: number): ExitStatus {
  const signal = raw & 0x7f;
  return signal === 0
    ? { kind: 'exited', code: (raw >> 8) & 0xff }
    : { kind: 'signaled', signal, coreDumped: (raw & 0x80) !== 0 };
}

/** `raw` is what the parent's own waitpid said. Where the kernel tells strangers nothing, "unknown" is the truth. */
function equal({ capabilities }: InitializeResult, actual: ExitStatus, raw: number): void {
  const told = capabilities.some(({ id, available }) => id === 'exitInfo' && available);
  if (told || actual.kind !== 'unknown') assert.deepEqual(actual, decode(raw));
}

export const waitStatus = { equal };
