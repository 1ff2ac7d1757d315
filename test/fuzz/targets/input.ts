// What a person types, and what settings.json holds.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseTypedProcess } from '../../../extension/attach/picking/typedProcess';
import { parseValue } from '../../../extension/signals/typedValue';
import { parseTypedNamespace } from '../../../extension/translating/typedNamespace';
import { parseTypedNumbers } from '../../../extension/translating/typedNumbers';
import { keyOfInode, keyOfStart, maxPid, parseKey } from '../../../native-host/process/identity';
import { FilterError, parseFilter } from '../../../views/processes/filter';
import { parseSequence } from '../../../views/stopping/stopSequence';
import { hostileJson, hostileText } from '../hostile';
import type { Target } from '../target';

const digits = fc.oneof(
  fc.stringMatching(/^[0-9+-]{0,22}$/),
  fc.nat(4_200_000).map(String),
  fc.constantFrom('0', '4194304', '4194305', '18446744073709551615', '18446744073709551616'),
);
const keyText = fc.oneof(
  hostileText,
  fc.tuple(digits, fc.constantFrom(':', '@', ' :', '::'), digits).map((parts) => parts.join('')),
);

/** The reference: numbers, where the parser has a pattern. */
function isKey(text: string): boolean {
  const [pid = '', rest = '', ...more] = text.split(/[:@]/);
  const plain = (word: string) => /^\d+$/.test(word) && String(BigInt(word)) === word;
  if (more.length > 0 || !plain(pid) || !plain(rest)) return false;
  if (BigInt(pid) < 1n || BigInt(pid) > BigInt(maxPid)) return false;
  if (text.includes('@')) return rest.length <= 20;
  return BigInt(rest) >= 1n && BigInt(rest) < 1n << 64n;
}

const keys = fc.property(keyText, (text) => {
  const identity = parseKey(text);
  assert.equal(identity !== null, isKey(text));
  if (!identity) return;
  const back =
    'inode' in identity
      ? keyOfInode(identity.pid, identity.inode)
      : keyOfStart(identity.pid, identity.startTicks);
  assert.equal(back, text);
});

const typed = fc.property(keyText, (text) => {
  const found = parseTypedProcess(text);
  if (found?.kind === 'pid') assert.equal(BigInt(text.trim()), BigInt(found.pid));
  if (found?.kind === 'key') assert.equal(found.key, text.trim());
  const namespace = parseTypedNamespace(text);
  if (namespace?.kind === 'path') assert.ok(namespace.path.startsWith('/'));
  const value = parseValue(text);
  if (value !== undefined) assert.equal(value, Number(text));
});

const numberList = fc.array(fc.oneof(digits, fc.nat(5_000_000).map(String)), { maxLength: 8 });
const numbers = fc.property(numberList, fc.constantFrom(' ', ',', '; ', '\n'), (words, between) => {
  const wanted = words.filter(Boolean).flatMap((word) => word.split(/[\s,;]+/));
  const good = wanted.every((word) => /^\d+$/.test(word) && +word > 0 && +word <= maxPid);
  const parsed = parseTypedNumbers(words.join(between));
  assert.deepEqual(parsed, good && wanted.length > 0 ? wanted.map(Number) : undefined);
});

const filter = fc.property(hostileText, hostileText, (text, shown) => {
  try {
    for (const [start, end] of parseFilter(text)?.ranges(shown) ?? [])
      assert.ok(start >= 0 && start < end && end <= shown.length);
  } catch (error) {
    assert.ok(error instanceof FilterError, String(error));
  }
});

const sequence = fc.property(hostileJson, (setting) => {
  const steps = parseSequence(setting) ?? [];
  assert.ok(steps.length <= 10);
  assert.ok(steps.every(({ signal, waitMs }) => signal >= 1 && signal <= 64 && waitMs >= 0));
});

export const inputTargets: readonly Target[] = [
  { name: 'keys', property: () => keys },
  { name: 'typed processes, namespaces, values', property: () => typed },
  { name: 'typed numbers', property: () => numbers },
  { name: 'filters', property: () => filter },
  { name: 'stop sequences', property: () => sequence },
];
