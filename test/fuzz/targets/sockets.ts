// Tables of sockets and of numbers, as procfs has them: paths of Unix sockets are anybody's.
import assert from 'node:assert/strict';
import { isIP } from 'node:net';
import fc from 'fast-check';
import { parseIdMap, toInside } from '../../../native-host/namespaces/enter/idMap';
import { parseConnections, parseListeners } from '../../../native-host/sockets/tcpTable';
import { inodeOf } from '../../../native-host/sockets/socketInodes';
import { parseUnixListeners } from '../../../native-host/sockets/unixTable';
import { hostileBytes, hostileText } from '../hostile';
import type { Target } from '../target';

const octets = fc.uint8Array({ minLength: 4, maxLength: 4 });
const rest = '00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0';

const hexOf = (address: Uint8Array, port: number) => {
  const hex = [...address].reverse().map((one) => one.toString(16).padStart(2, '0'));
  return `${hex.join('')}:${port.toString(16).padStart(4, '0')}`.toUpperCase();
};

/** The reference: the octets themselves, the other way round. */
const tcp = fc.property(
  octets,
  fc.nat(65535),
  fc.nat(),
  hostileText,
  (address, port, inode, more) => {
    const line = `   0: ${hexOf(address, port)} ${rest} ${inode} 1 0 100 0 0 10 0`;
    const { listeners } = parseListeners(`head\n${line}\n`);
    assert.deepEqual(listeners.get(String(inode)), { address: address.join('.'), port });
    for (const found of parseListeners(`head\n${more}\n${line}`).listeners.values())
      assert.ok(isIP(found.address) !== 0 && found.port <= 65535);
  },
);

/** The sixteen octets of an address as it is written; what "::" stands for is what is missing. */
function octetsOf(address: string): number[] {
  const dotted = /(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address)?.slice(1).map(Number);
  const [a = 0, b = 0, c = 0, d = 0] = dotted ?? [];
  const last = `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  const text = dotted ? address.replace(/[\d.]+$/, last) : address;
  const [before = '', after] = text.split('::');
  const words = (part: string) => (part === '' ? [] : part.split(':'));
  const [front, back] = [words(before), words(after ?? '')];
  const gap = Array<string>(8 - front.length - back.length).fill('0');
  return [...front, ...gap, ...back].flatMap((word) => {
    const value = Number.parseInt(word, 16);
    return [value >> 8, value & 255];
  });
}

const sixteen = fc.oneof(
  fc.uint8Array({ minLength: 16, maxLength: 16 }),
  fc.array(fc.constantFrom(0, 0, 0, 1, 255), { minLength: 16, maxLength: 16 }),
  octets.map((four) => [...Array<number>(10).fill(0), 255, 255, ...four]), // an IPv4 one
);

/** The reference reads back what was written. */
const tcp6 = fc.property(sixteen, fc.nat(65535), (given, port) => {
  const bytes = [...given];
  const words = [0, 4, 8, 12].map((at) => hexOf(Uint8Array.from(bytes.slice(at, at + 4)), 0));
  const hex = words.map((word) => word.split(':')[0]).join('');
  const line = `   0: ${hex}:${port.toString(16).padStart(4, '0').toUpperCase()}`;
  const { listeners } = parseListeners(
    `head\n${line} ${'0'.repeat(32)}:0000${rest.slice(13)} 7 1 0 100 0 0 10 0\n`,
  );
  const found = listeners.get('7');
  assert.deepEqual([octetsOf(found?.address ?? ''), found?.port], [bytes, port]);
  assert.equal(isIP(found?.address ?? ''), 6);
});

/** Only what the kernel calls a socket is one: a path has a slash. */
const links = fc.property(fc.nat(), hostileText, (inode, text) => {
  assert.equal(inodeOf(`socket:[${inode}]`), String(inode));
  for (const link of [`/${text}socket:[${inode}]`, `/socket:[${inode}]${text}`, `${text}\n`])
    assert.equal(inodeOf(link), undefined);
});

/** Who passes a gate is decided by these: two ends, whose it is, and only of those that are connected. */
const connected = fc.property(
  fc.tuple(octets, fc.nat(65535)),
  fc.tuple(octets, fc.nat(65535)),
  fc.tuple(fc.constantFrom('01', '02', '06', '0A'), fc.nat(), fc.nat()),
  hostileText,
  ([near, nearPort], [far, farPort], [state, uid, inode], more) => {
    const ends = `${hexOf(near, nearPort)} ${hexOf(far, farPort)}`;
    const line = `   0: ${ends} ${state} 0:0 00:0 00000000 ${uid} 0 ${inode} 1 0 100 0 0 10 0`;
    const found = parseConnections(`head\n${more}\n${line}\n`).get(String(inode));
    const local = { address: near.join('.'), port: nearPort };
    const remote = { address: far.join('.'), port: farPort };
    const isOne = state === '01' && inode !== 0;
    assert.deepEqual(found, isOne ? { local, remote, uid } : undefined);
  },
);

/** Whatever its path says, no socket speaks for another. */
const unix = fc.property(
  fc.nat(),
  fc.nat(),
  hostileText,
  hostileText,
  (own, other, mine, theirs) => {
    fc.pre(own !== other);
    const line = (inode: number, path: string) =>
      `0000000000000000: 00000002 00000000 00010000 0001 01 ${inode} ${path}`;
    const forged = line(own, '/forged');
    const text = [line(own, `/${mine.replaceAll('\n', '')}`), line(other, `/${theirs}\n${forged}`)];
    assert.equal(parseUnixListeners(text.join('\n')).get(String(own)), undefined);
  },
);

const range = fc.tuple(fc.nat(100_000), fc.nat(100_000), fc.integer({ min: 1, max: 100_000 }));
const ids = fc.property(
  range,
  fc.nat(300_000),
  hostileBytes,
  ([inside, outside, count], id, any) => {
    const map = parseIdMap(Buffer.from(`${inside} ${outside} ${count}\n`.padStart(33)));
    const isIn = id >= outside && id < outside + count;
    assert.equal(toInside(map, id), isIn ? id - outside + inside : null);
    for (const one of parseIdMap(any)) assert.ok(Object.values(one).every((value) => value >= 0));
  },
);

export const socketTargets: readonly Target[] = [
  { name: 'listening TCP sockets', property: () => tcp },
  { name: 'listening TCP sockets of IPv6', property: () => tcp6 },
  { name: 'links to sockets', property: () => links },
  { name: 'connected TCP sockets', property: () => connected },
  { name: 'listening Unix sockets', property: () => unix },
  { name: 'id maps', property: () => ids },
];
