import assert from 'node:assert/strict';
import { HostError } from '../../../native-host/hostError';
import { methods, type Method } from '../../../native-host/protocol';
import { checkParams } from '../../../native-host/rpc/params';

const good: Partial<Record<Method, object>> = {
  initialize: { protocolVersion: 1 },
  'processes/details': { key: '1:2' },
  'processes/sample': { keys: ['1:2', '3@4'] },
  'processes/pss': { key: '1:2' },
  'processes/folders': { keys: ['1:2', '3@4'] },
  'attach/runtime': { key: '1:2' },
  'processes/find': { pid: 1 },
  'processes/open': { key: '1@2' },
  'attach/proof': { key: '1:2' },
  'signal/send': { key: '1:2', signal: 64, program: 'p', scope: { kind: 'group' }, value: -1 },
  'signal/batch': { items: [{ key: '1:2', program: 'p' }, { key: '3@4' }], signal: 9 },
  'signal/preview': { key: '1:2', signal: 1, scope: { kind: 'group' } },
  'signal/previews': { key: '1:2' },
  'signal/threads': { key: '1:2' },
  'tree/preview': { key: '1:2' },
  'tree/stop': { token: 't', key: '1:2', steps: [{ signal: 15, waitMs: 0 }], program: 'p' },
  'tree/cancel': { token: 't' },
  'lineage/follow': { token: 't', key: '12:345' },
  'lineage/left': { token: 't' },
  'lineage/forget': { token: 't' },
  'next/watch': {
    ...{ token: 't', pattern: { kind: 'regex', source: '^x' } },
    ...{ stop: true, under: '1:2' },
  },
  'next/expect': { token: 't', key: '1:2' },
  'next/release': { token: 't', key: '1:2' },
  'next/end': { token: 't' },
  'target/hold': { token: 't', key: '1:2' },
  'target/release': { token: 't' },
  'translate/numbers': { key: '1:2' },
  'namespaces/enterable': { key: '1:2', join: ['mnt', 'net'], user: 'root' },
  'attach/preflight': { key: '1:2', gdb: true },
  'sockets/listening': { keys: ['1:2', '3@4'], unix: false },
  'sockets/owner': { port: 9229, key: '1:2' },
  'sockets/served': { port: 9229, key: '1:2' },
  'sockets/sameUser': { port: 9229, peer: 40000 },
  'sockets/opened': { key: '1:2', known: [{ address: '::1', port: 1 }], withinMs: 500 },
  'bridge/open': { token: 't', key: '1:2', address: '127.0.0.1', port: 9229 },
  'bridge/close': { token: 't' },
  'translate/find': { namespace: '4026531836', nsPid: 1 },
  'namespaces/ownTree': { namespace: { kind: 'container', name: 'x' } },
  'translate/batch': {
    items: [
      {
        numbers: [1, 2],
        source: { kind: 'ours' },
        target: { kind: 'path', path: '/x' },
        threads: true,
      },
    ],
  },
};

const optional = ['under', 'program', 'scope', 'value', 'join', 'user', 'gdb', 'unix'];

const hostile: readonly unknown[] = [
  ...[undefined, null, true, 0, -1, 1.5, NaN, Infinity, 2 ** 53, '', 'x', '1', 'x'.repeat(1000)],
  ...[[], [1], {}, { length: 1 }, { toString: () => '1:2' }],
];

function check(method: Method, params: unknown): unknown {
  return checkParams[method](params);
}

const strangeScopes: readonly unknown[] = [
  { kind: 'all' },
  { kind: 'thread' },
  { kind: 'thread', thread: 'x' },
  { kind: 'thread', thread: 1 },
];

const strangeSteps: readonly unknown[] = [
  [],
  [1],
  [{}],
  [{ signal: 65, waitMs: 0 }],
  [{ signal: 9, waitMs: -1 }],
  Array.from({ length: 17 }, () => ({ signal: 9, waitMs: 0 })),
];

describe('checkParams', () => {
  it('signal/batch looks at each item, and takes no endless list', () => {
    const refused = (error: unknown) => HostError.is(error, 'Invalid');
    const endless = Array.from({ length: 10_001 }, () => ({ key: '1:2' }));
    for (const items of [
      {},
      'x',
      [1],
      [{}],
      [{ key: 'x' }],
      [{ key: '1:2', program: 1 }],
      endless,
    ]) {
      assert.throws(() => check('signal/batch', { items, signal: 9 }), refused);
    }
  });

  it('signal/send and tree/stop look into what they are given', () => {
    const refused = (error: unknown) => HostError.is(error, 'Invalid');
    for (const scope of strangeScopes) {
      assert.throws(() => check('signal/send', { key: '1:2', signal: 1, scope }), refused);
    }
    for (const steps of strangeSteps) {
      assert.throws(() => check('tree/stop', { token: 't', key: '1:2', steps }), refused);
    }
  });

  for (const [method, params] of Object.entries(good) as [Method, object][]) {
    it(`${method} takes what is right, and leaves out what nobody asked for`, () =>
      assert.deepEqual(check(method, { ...params, more: 1 }), params));

    it(`${method} refuses what is no object`, () => {
      for (const value of [undefined, null, 1, 'x', [], [params]]) {
        assert.throws(() => check(method, value), HostError);
      }
    });

    for (const name of Object.keys(params)) {
      it(`${method} refuses a strange ${name}`, () => {
        const allowed = name === 'token' || name === 'program' ? ['x', '1'] : [];
        const fits = (value: unknown) =>
          value === (params as Record<string, unknown>)[name] ||
          allowed.includes(value as string) ||
          (optional.includes(name) && value === undefined) ||
          (name === 'key' && method === 'sockets/owner' && value === undefined) ||
          (['gdb', 'unix'].includes(name) && value === true) ||
          (name === 'keys' && method === 'sockets/listening' && value === null) ||
          (name === 'stop' && value === true) ||
          (name === 'value' && [0, -1].includes(value as number)) ||
          (['items', 'join', 'keys', 'known'].includes(name) &&
            Array.isArray(value) &&
            value.length === 0) ||
          (name === 'namespace' && method === 'translate/find' && value === '1');
        for (const value of hostile.filter((one) => !fits(one))) {
          const refused = (error: unknown) => HostError.is(error, 'Invalid');
          assert.throws(() => check(method, { ...params, [name]: value }), refused, String(value));
        }
      });
    }
  }

  it('asks nothing of methods that take nothing', () => {
    for (const method of methods.filter((one) => !(one in good))) {
      for (const value of hostile) assert.equal(check(method, value), null);
    }
  });
});
