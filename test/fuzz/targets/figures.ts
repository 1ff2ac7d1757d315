// Small files of /proc and of /etc. The references split lines where the parsers have patterns.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseLinks, linksSize } from '../../../native-host/namespaces/inventory/links';
import { decodeWaitStatus } from '../../../native-host/process/exitStatus';
import { pidfdNumbers } from '../../../native-host/process/pidfdNumbers';
import { parseIo } from '../../../native-host/procfs/io';
import { parseNamespaceLink } from '../../../native-host/procfs/namespaceLink';
import { parsePss } from '../../../native-host/procfs/pss';
import { parsePasswd } from '../../../native-host/procfs/users';
import { namespaceTypes } from '../../../native-host/protocol';
import { hostileText } from '../hostile';
import type { Target } from '../target';

const isDigits = (text: string) =>
  text !== '' && [...text].every((one) => one >= '0' && one <= '9');

/** Names that end, or begin, with another's, each at most once, in any order. */
const fields = (...names: string[]) =>
  fc
    .uniqueArray(fc.constantFrom(...names))
    .chain((some) => fc.tuple(fc.constant(some), fc.array(fc.nat(), { minLength: some.length })))
    .map(([some, values]) => some.map((name, at) => [name, values[at] ?? 0] as const));

const ioFields = fields('rchar', 'syscr', 'read_bytes', 'write_bytes', 'cancelled_write_bytes');
const io = fc.property(ioFields, (all) => {
  const text = all.map(([name, value]) => `${name}: ${value}\n`).join('');
  const { read_bytes: read = 0, write_bytes: written = 0 } = Object.fromEntries(all);
  assert.deepEqual(parseIo(Buffer.from(text)), { read, written });
});

const memoryFields = fields('Rss', 'Pss', 'Pss_Dirty', 'Pss_Anon', 'SwapPss', 'Locked');
const pss = fc.property(memoryFields, (all) => {
  const line = (name: string, value: number) => `${`${name}:`.padEnd(16)}${value} kB`.padEnd(28);
  const lines = all.map(([name, value]) => line(name, value).trimEnd());
  const text = `00400000-7ffd1c5e1000 ---p 00000000 00:00 0    [rollup]\n${lines.join('\n')}\n`;
  const { Pss } = Object.fromEntries(all);
  assert.equal(parsePss(Buffer.from(text)), Pss === undefined ? null : Pss * 1024);
});

const word = hostileText.map((text) => text.replaceAll(/[:\n]/g, ''));
const login = fc.oneof(word, fc.constantFrom('root', 'me', '#me', '+', '+me', '-me'));
const uidText = fc.oneof(fc.nat(3).map(String), word, fc.constantFrom('1e3', '0x1', ' 1', '-0'));

/** As getpwuid(3) has it: the first entry of a number, and neither comments nor what NIS would add. */
const passwd = fc.property(fc.array(fc.tuple(login, uidText, word)), (entries) => {
  const text = entries.map(([name, uid, more]) => `${name}:x:${uid}:${more}\n`).join('');
  const wanted = entries
    .filter(([name, uid]) => name !== '' && !'#+-'.includes(name.charAt(0)) && isDigits(uid))
    .reverse()
    .map(([name, uid]) => [Number(uid), name] as const);
  assert.deepEqual(parsePasswd(text), new Map(wanted));
});

const link = fc.oneof(
  fc.tuple(fc.constantFrom(...namespaceTypes), fc.nat()).map(([type, id]) => `${type}:[${id}]`),
  fc.constantFrom('', 'pid:[', 'pid:[]', 'pid:[-1]', 'pid:[1] ', ':[1]', '[1]', 'pid:1', '/x:[1]'),
  hostileText,
);

function idOf(text: string): string | null {
  const [type = '', rest = '', ...more] = text.split(':[');
  const isType = /^\w+$/.test(type) && more.length === 0;
  const id = rest.slice(0, -1);
  return isType && rest.endsWith(']') && isDigits(id) ? id : null;
}

/** What stands in one place is no other's, and has no influence on it. */
const links = fc.property(fc.array(link, { minLength: 8, maxLength: 8 }), (texts) => {
  for (const text of texts) assert.equal(parseNamespaceLink(text), idOf(text));
  const width = linksSize / namespaceTypes.length;
  const slots = texts.map((text) => {
    const bytes = Buffer.alloc(width);
    bytes.write(text.replaceAll('\0', ''), 0, width - 1, 'latin1');
    return bytes;
  });
  const read = slots.map((bytes) => idOf(bytes.toString('latin1').split('\0')[0] ?? ''));
  const wanted = Object.fromEntries(namespaceTypes.map((type, at) => [type, read[at]]));
  assert.deepEqual(parseLinks(Buffer.concat(slots)), wanted);
});

const otherLines = fc.array(
  fc.constantFrom('pos:\t0', 'flags:\t02', 'ino:\t7', 'Pid:\t9', 'XNSpid:\t5'),
);
const fdinfo = fc.property(
  otherLines,
  fc.array(fc.integer({ min: -1, max: 4_194_304 }), { maxLength: 33 }),
  otherLines,
  (before, numbers, after) => {
    const lines = [...before, ['NSpid:', ...numbers].join('\t'), ...after];
    const isOne = numbers.length > 0 && Math.min(...numbers) > 0;
    assert.deepEqual(pidfdNumbers(`${lines.join('\n')}\n`), isOne ? numbers : null);
    assert.equal(pidfdNumbers([...before, ...after].join('\n')), null);
  },
);

/** The reference: arithmetic, where the product has masks. */
const ends = fc.property(fc.nat(0xffff), fc.constantFrom(true, false, null), (raw, told) => {
  const [signal, core, code] = [raw % 128, Math.floor(raw / 128) % 2, Math.floor(raw / 256)];
  const coreDumped = core === 1 ? true : told;
  const wanted = signal ? { kind: 'signaled', signal, coreDumped } : { kind: 'exited', code };
  assert.deepEqual(decodeWaitStatus(raw, told), wanted);
});

export const figureTargets: readonly Target[] = [
  { name: 'io', property: () => io },
  { name: 'smaps_rollup', property: () => pss },
  { name: 'passwd', property: () => passwd },
  { name: 'namespace links', property: () => links },
  { name: 'fdinfo of a pidfd', property: () => fdinfo },
  { name: 'wait statuses', property: () => ends },
];
