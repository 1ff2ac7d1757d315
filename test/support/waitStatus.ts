import assert from 'node:assert/strict';
import type { ExitStatus, InitializeResult } from '../../native-host/protocol';

/** `told`: the kernel says of a core that there is none. A bit that is not set may have been set in another thread. */
function decode(raw: number, told: boolean): ExitStatus {
  const signal = raw & 0x7f;
  const dumped = (raw & 0x80) !== 0;
  return signal === 0
    ? { kind: 'exited', code: (raw >> 8) & 0xff }
    : { kind: 'signaled', signal, coreDumped: dumped || told ? dumped : null };
}

/** `raw` is what the parent's own waitpid said. Where the kernel tells strangers nothing, "unknown" is the truth. */
function equal({ capabilities }: InitializeResult, actual: ExitStatus, raw: number): void {
  const told = capabilities.some(({ id, available }) => id === 'exitInfo' && available);
  if (told || actual.kind !== 'unknown') assert.deepEqual(actual, decode(raw, told));
}

export const waitStatus = { equal };
