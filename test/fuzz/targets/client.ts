// The other direction of the pipe: what a native host might say that has gone mad.
import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { PassThrough } from 'node:stream';
import fc from 'fast-check';
import { Connection } from '../../../extension/host/connection';
import type { HostChild } from '../../../extension/host/hostProcess';
import { notifications } from '../../../native-host/protocol';
import { hostileBytes, hostileJson, hostileText } from '../hostile';
import type { Target } from '../target';

/** Says what it is told to, and ends when it is stopped. */
class MadChild implements HostChild {
  readonly stdin = new PassThrough().resume();
  readonly stdout = new PassThrough();
  private readonly listeners: ((how: string) => void)[] = [];

  onExit(listener: (how: string) => void): void {
    this.listeners.push(listener);
  }

  stop(): Promise<void> {
    for (const listener of this.listeners) listener('stopped');
    this.stdout.end();
    return Promise.resolve();
  }
}

const message = fc.record(
  {
    jsonrpc: fc.constantFrom('2.0', '1.0'),
    id: fc.oneof(fc.nat(3), hostileText, fc.constant(null)),
    method: fc.oneof(fc.constantFrom(...notifications, '$/cancelRequest'), hostileText),
    params: hostileJson,
    result: hostileJson,
    error: fc.oneof(hostileJson, fc.record({ code: fc.integer(), message: hostileText })),
  },
  { requiredKeys: [] },
);

const framed = message.map((value) => {
  const body = Buffer.from(JSON.stringify(value) ?? 'null');
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]);
});

/** What was asked is answered or refused, and nothing is thrown where nobody could catch it. */
const mad = fc.asyncProperty(
  fc.array(fc.oneof(framed, hostileBytes), { maxLength: 4 }),
  async (said) => {
    const child = new MadChild();
    const connection = new Connection(child, () => undefined);
    const asked = connection.request('processes/list', null).then(
      () => 'answered',
      () => 'refused',
    );
    for (const bytes of said) child.stdout.write(bytes);
    await turn();
    await child.stop();
    assert.ok(['answered', 'refused'].includes(await asked));
  },
);

export const clientTargets: readonly Target[] = [
  { name: 'what a native host says', cost: 10, property: () => mad },
];
