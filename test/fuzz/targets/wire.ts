// The pipe, in both directions: chunks cut anywhere, lengths that lie, parameters of any shape.
import assert from 'node:assert/strict';
import { PassThrough, Readable } from 'node:stream';
import fc from 'fast-check';
import { StreamMessageReader, type Message } from 'vscode-jsonrpc/node';
import { HostError } from '../../../native-host/hostError';
import { methods } from '../../../native-host/protocol';
import { ContentLengthGuard } from '../../../native-host/rpc/contentLengthGuard';
import { FrameWriter } from '../../../native-host/rpc/frameWriter';
import { checkParams } from '../../../native-host/rpc/params';
import { hostileBytes, hostileJson, hostileText } from '../hostile';
import type { Target } from '../target';

const limit = 2000;

/** Bytes cut at the given places, wherever in a header or a character that is. */
function cut(bytes: Buffer, places: readonly number[]): Buffer[] {
  const at = [0, ...places.map((place) => place % (bytes.length + 1)), bytes.length];
  const sorted = at.sort((a, b) => a - b);
  return sorted.slice(1).map((end, index) => bytes.subarray(sorted[index], end));
}

async function passed(chunks: readonly Buffer[]): Promise<Buffer | null> {
  const guard = new ContentLengthGuard(limit);
  const out: Buffer[] = [];
  try {
    for await (const chunk of Readable.from(chunks).pipe(guard)) out.push(chunk as Buffer);
    return Buffer.concat(out);
  } catch {
    return null;
  }
}

const body = fc.nat(3000).map((length) => 'x'.repeat(length));
const places = fc.array(fc.nat(10_000), { maxLength: 8 });

/** However it is cut, the same is refused: the first message whose body is beyond the limit, and no other. */
const guard = fc.asyncProperty(fc.array(body, { maxLength: 4 }), places, async (bodies, at) => {
  const frames = bodies.map((one) => `Content-Length: ${one.length}\r\n\r\n${one}`);
  const bytes = Buffer.from(frames.join(''));
  const out = await passed(cut(bytes, at).filter((chunk) => chunk.length > 0));
  if (bodies.some((one) => one.length > limit)) assert.equal(out, null);
  else assert.deepEqual(out, bytes);
});

const anyBytes = fc.asyncProperty(hostileBytes, places, async (bytes, at) => {
  const whole = await passed([bytes].filter((chunk) => chunk.length > 0));
  const chunks = cut(bytes, at).filter((chunk) => chunk.length > 0);
  assert.deepEqual(await passed(chunks), whole);
});

const json = fc.jsonValue({ maxDepth: 3 });

/** What one side writes is what the other reads, in the same order. */
const roundTrip = fc.asyncProperty(fc.array(json, { maxLength: 5 }), places, async (values, at) => {
  const pipe = new PassThrough();
  const writer = new FrameWriter(pipe);
  const messages = values.map((params) => ({ jsonrpc: '2.0', method: 'm', params }));
  for (const message of messages) await writer.write(message);
  writer.end();
  const [written] = [pipe.read() as Buffer | null];
  const reader = new StreamMessageReader(Readable.from(cut(written ?? Buffer.alloc(0), at)));
  const got: Message[] = [];
  await new Promise<void>((resolve) => {
    if (messages.length === 0) resolve();
    reader.listen((message) => {
      if (got.push(message) === messages.length) resolve();
    });
  });
  assert.deepEqual(got, JSON.parse(JSON.stringify(messages)));
});

/** Checked parameters are refused as Invalid or come out smaller, and pass again unchanged. */
const params = fc.property(fc.constantFrom(...methods), hostileJson, (method, value) => {
  const check: (given: unknown) => unknown = checkParams[method];
  try {
    const checked = check(value);
    assert.deepEqual(check(checked), checked);
  } catch (error) {
    assert.ok(HostError.is(error, 'Invalid'), String(error));
  }
});

const plausible = fc.record(
  {
    key: fc.constantFrom('1:2', '4194304@0', '01:2', '5:18446744073709551616'),
    token: hostileText,
    signal: fc.integer({ min: -1, max: 66 }),
    pid: fc.oneof(fc.integer(), fc.double()),
    items: fc.array(hostileJson, { maxLength: 3 }),
    steps: fc.array(fc.record({ signal: fc.nat(70), waitMs: fc.integer() }), { maxLength: 20 }),
    scope: fc.record({
      kind: fc.constantFrom('thread', 'group', 'process', 'x'),
      thread: hostileText,
    }),
    namespace: fc.oneof(hostileText, fc.record({ kind: hostileText, path: hostileText })),
    keys: fc.array(fc.constantFrom('1:2', '', '3@4'), { maxLength: 4 }),
    program: hostileText,
    value: fc.maxSafeInteger(),
  },
  { requiredKeys: [] },
);

const plausibleParams = fc.property(fc.constantFrom(...methods), plausible, (method, value) => {
  const check: (given: unknown) => unknown = checkParams[method];
  try {
    const checked = check(value);
    assert.deepEqual(check(checked), checked);
  } catch (error) {
    assert.ok(HostError.is(error, 'Invalid'), String(error));
  }
});

export const wireTargets: readonly Target[] = [
  { name: 'message lengths', cost: 10, property: () => guard },
  { name: 'any bytes on the pipe', cost: 5, property: () => anyBytes },
  { name: 'messages there and back', cost: 5, property: () => roundTrip },
  { name: 'parameters of any shape', cost: 2, property: () => params },
  { name: 'parameters that look right', property: () => plausibleParams },
];
