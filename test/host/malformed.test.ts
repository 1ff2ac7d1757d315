import assert from 'node:assert/strict';
import { protocolVersion } from '../../native-host/protocol';
import { frame } from '../support/framing';
import { HostClient, HostError, type Reply } from '../support/hostClient';
import { procfs } from '../support/procfs';
import { patience } from '../support/patience';
import { withHost } from '../support/withHost';

const good = { jsonrpc: '2.0', id: 'good', method: 'processes/find', params: { pid: process.pid } };

/** EX_DATAERR of sysexits.h: how the host ends when its client does not speak the protocol. */
const badProtocol = 65;

/** Ended by itself: no signal, no crash. */
function assertClean(host: HostClient, code: number | null): void {
  assert.ok(code === 0 || code === badProtocol, `exit code ${code}: ${host.stderr}`);
  assert.doesNotMatch(host.stderr, /uncaught|unhandled|node:internal|SIGSEGV/i);
}

/** After whatever was written, the host either still answers a good request or has closed the connection. */
async function answersOrCloses(host: HostClient): Promise<Reply | null> {
  host.write(frame(good));
  try {
    const reply = await host.reply('good', 'a good request after a strange one', 3000 * patience);
    assert.equal((reply.result as { pid?: number }).pid, process.pid);
    return reply;
  } catch (error) {
    if (!host.hasExited) throw error;
    const { code, signal } = await host.exited;
    assert.equal(signal, null, host.stderr);
    assertClean(host, code);
    return null;
  }
}

async function initialized(): Promise<HostClient> {
  const host = new HostClient();
  await host.request('initialize', { protocolVersion });
  return host;
}

const wrongParams: Readonly<Record<string, readonly unknown[]>> = {
  initialize: [undefined, null, {}, { protocolVersion: '1' }, [1], 'x'],
  'processes/details': [undefined, null, {}, { key: 1 }, { key: null }, [], { key: ['1:1'] }],
  'processes/find': [undefined, {}, { pid: '1' }, { pid: null }, { pid: [1] }, { pid: {} }, 7],
  'processes/open': [undefined, {}, { key: 7 }, { key: {} }],
  'attach/proof': [undefined, {}, { key: 7 }, { key: {} }],
  'signal/send': [
    undefined,
    {},
    { key: '1:1' },
    { signal: 15 },
    { key: '1:1', signal: 'SIGTERM' },
    { key: '1:1', signal: 15, program: 5 },
    { key: '1:1', signal: true },
  ],
  'target/hold': [
    undefined,
    {},
    { token: 't' },
    { key: '1:1' },
    { token: 5, key: '1:1' },
    { token: '', key: '1:1' },
    { token: 'x'.repeat(100_000), key: '1:1' },
  ],
  'lineage/follow': [undefined, {}, { token: 't' }, { key: '1:1' }, { token: 't', key: 'x' }],
  'lineage/left': [undefined, {}, { token: 5 }],
  'lineage/forget': [undefined, {}, { token: '' }],
  'target/release': [undefined, {}, { token: 5 }, { token: null }],
  'translate/numbers': [undefined, {}, { key: 5 }],
  'translate/find': [undefined, {}, { namespace: 5, nsPid: 1 }, { namespace: '4026531836' }],
};

describe('wrong parameters', () => {
  for (const [method, attempts] of Object.entries(wrongParams)) {
    it(`of ${method} are refused, each`, () =>
      withHost(async ({ host }) => {
        for (const params of attempts) {
          const what = `${method} ${JSON.stringify(params)?.slice(0, 60)}`;
          const error: unknown = await host.rawRequest(method, params).then(
            (result) => assert.fail(`${what}: ${JSON.stringify(result)}`),
            (reason: unknown) => reason,
          );
          assert.ok(error instanceof HostError && error.is('Invalid'), `${what}: ${String(error)}`);
        }
      }));
  }

  it('of a prototype are no parameters', () =>
    withHost(async ({ host }) => {
      const params = JSON.parse('{"__proto__": {"pid": 1}}') as unknown;
      await assert.rejects(host.rawRequest('processes/find', params), /Invalid/);
    }));
});

describe('unknown methods', () => {
  it('are answered with -32601', () =>
    withHost(async ({ host }) => {
      const names = ['', 'nothing', 'constructor', '__proto__', 'toString', 'x'.repeat(10_000)];
      for (const method of names) {
        const asked = host.rawRequest(method, {});
        const error: unknown = await asked.catch((reason: unknown) => reason);
        assert.ok(error instanceof HostError, `${method.slice(0, 20)}: ${String(error)}`);
        assert.equal(error.code, -32601, method.slice(0, 20));
      }
    }));

  it('as notifications are ignored', async () => {
    const host = await initialized();
    host.write(frame({ jsonrpc: '2.0', method: 'nothing', params: {} }));
    host.write(frame({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id: 999 } }));
    assert.ok(await answersOrCloses(host));
    assert.equal((await host.close()).code, 0);
  });
});

describe('before initialize', () => {
  it('any request is answered, one way or the other', async () => {
    const host = new HostClient();
    host.write(frame(good));
    const { result, error } = await host.reply('good');
    assert.ok(result !== undefined || error !== undefined);
    assert.equal((await host.close()).code, 0);
  });
});

const strange: Readonly<Record<string, Buffer | string>> = {
  'broken JSON': frame('{"jsonrpc": "2.0", "id": 1,'),
  'an empty body': frame(''),
  'bytes that are no UTF-8': Buffer.concat([
    Buffer.from('Content-Length: 4\r\n\r\n'),
    Buffer.from([0xff, 0xfe, 0x00, 0x80]),
  ]),
  'a number': frame('7'),
  null: frame('null'),
  'a string': frame('"x"'),
  'an empty batch': frame('[]'),
  'a batch': frame([good]),
  'no version': frame({ id: 1, method: 'processes/list', params: null }),
  'another version': frame({ ...good, jsonrpc: '1.0', id: 7 }),
  'a method that is no text': frame({ jsonrpc: '2.0', id: 1, method: 5 }),
  'no method': frame({ jsonrpc: '2.0', id: 1 }),
  'an id that is an object': frame({ ...good, id: {} }),
  'a reply to nothing': frame({ jsonrpc: '2.0', id: 5, result: {} }),
  'an error to nothing': frame({ jsonrpc: '2.0', id: null, error: { code: 1, message: 'x' } }),
  'deep nesting': frame('['.repeat(50_000) + ']'.repeat(50_000)),
  'a header without Content-Length': 'Content-Type: x\r\n\r\n',
  'a Content-Length that is no number': 'Content-Length: x\r\n\r\n',
  'a negative Content-Length': 'Content-Length: -5\r\n\r\n',
  'a Content-Length beyond all limits': 'Content-Length: 99999999999999999999\r\n\r\n',
  'a Content-Length of 100 MB': 'Content-Length: 104857600\r\n\r\n',
  'a Content-Length of 1 GB with leading zeros': 'Content-Length: 0001073741824\r\n\r\n',
  'two Content-Lengths': 'Content-Length: 2\r\nContent-Length: 104857600\r\n\r\n{}',
  'another letter case': 'content-length: 104857600\r\n\r\n',
  'an HTTP request': 'GET / HTTP/1.1\r\nHost: localhost\r\n\r\n',
};

describe('malformed messages', () => {
  for (const [name, bytes] of Object.entries(strange)) {
    it(`${name}: the next request is answered, or the connection closed`, async () => {
      const host = await initialized();
      host.write(bytes);
      await answersOrCloses(host);
      assertClean(host, (await host.close()).code);
    });
  }

  for (const [name, bytes] of Object.entries({
    'half a header': 'Content-Len',
    'a header alone': 'Content-Length: 100\r\n\r\n',
    'half a body': 'Content-Length: 100\r\n\r\n{"jsonrpc"',
  })) {
    it(`${name}, then EOF: ends`, async () => {
      const host = await initialized();
      host.write(bytes);
      const { code, signal } = await host.close();
      assert.equal(signal, null);
      assertClean(host, code);
    });
  }

  for (const [name, head] of Object.entries({
    'a message of 100 MB': 'Content-Length: 104857600\r\n\r\n',
    'a header of 100 MB': 'X: ',
  })) {
    it(`${name} is not kept in memory`, async () => {
      const host = await initialized();
      const rss = (): number => Number(procfs.status(host.pid, 'VmHWM')?.[0] ?? 0);
      const before = rss();
      let peak = before;
      host.write(head);
      const chunk = Buffer.alloc(1 << 20, ' x');
      for (let sent = 0; sent < 100 && (await host.writeAndDrain(chunk)); sent++) {
        peak = Math.max(peak, rss());
      }
      assert.ok(peak - before < 64 << 10, `grew by ${peak - before} kB`);
      const { code, signal } = await host.close();
      assert.equal(signal, null);
      assertClean(host, code);
    });
  }
});

describe('chunks', () => {
  it('two requests in one are answered both', () =>
    withHost(async ({ host }) => {
      host.write(Buffer.concat([frame({ ...good, id: 'a' }), frame({ ...good, id: 'b' })]));
      const replies = await Promise.all([host.reply('a'), host.reply('b')]);
      for (const { result } of replies) assert.equal((result as { pid: number }).pid, process.pid);
    }));

  it('of one byte each make one request', () =>
    withHost(async ({ host }) => {
      for (const byte of frame(good)) await host.writeAndDrain(Buffer.from([byte]));
      assert.equal(((await host.reply('good')).result as { pid: number }).pid, process.pid);
    }));

  it('of 2,000 requests at once are all answered, and in any order', () =>
    withHost(async ({ host }) => {
      const rows = await Promise.all(
        Array.from({ length: 2000 }, () => host.request('processes/find', { pid: process.pid })),
      );
      assert.equal(new Set(rows.map(({ key }) => key)).size, 1);
    }));
});
