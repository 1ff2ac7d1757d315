// Command lines of the native host: words that a person, or whoever made them for him, types into a terminal.
import assert from 'node:assert/strict';
import { constants } from 'node:os';
import fc from 'fast-check';
import { parseEnter } from '../../../native-host/namespaces/enter/enterCommand';
import { namespaceTypes } from '../../../native-host/protocol';
import { parseSignalCommand } from '../../../native-host/signals/signalCommand';
import { hostileText } from '../hostile';
import type { Target } from '../target';

const isOption = (word: string) => word.slice(0, 2) === '--';

/** Name and value, at the first `=`; without one there is no value. */
function parted(option: string): readonly [string, string | undefined] {
  const at = option.indexOf('=');
  return at < 0 ? [option, undefined] : [option.slice(0, at), option.slice(at + 1)];
}

const key = fc.constantFrom('7:1007', '7@11', '1:2');
const signal = fc.oneof(
  fc.constantFrom('TERM', 'SIGKILL', '15', '064'),
  fc.constantFrom('0', '65', 'SIG', 'term', 'IOT', ''),
);
const value = fc.oneof(
  fc.integer().map(String),
  fc.constantFrom('2147483648', '-2147483649', '00000000007', '1.0', '1=2', '', '+1', '1e3'),
);
const signalOption = fc.oneof(
  fc.constantFrom('--group', '--group=1', '--thread', '--thread=', '--', '--value'),
  fc.oneof(key, hostileText).map((thread) => `--thread=${thread}`),
  value.map((text) => `--value=${text}`),
);

/** What most shall be, and what anybody writes: in order, or in any with one of them missing. */
const lines = (...usual: fc.Arbitrary<readonly string[]>[]) => {
  const inOrder = fc.tuple(...usual).map((parts) => parts.flat());
  const inAny = fc.tuple(inOrder, fc.array(hostileText, { maxLength: 1 })).chain((parts) => {
    const words = parts.flat();
    return fc.shuffledSubarray(words, { minLength: Math.max(0, words.length - 1) });
  });
  return fc.oneof(inOrder, inAny);
};

/** Node's own table, whose aliases (SIGIOT, SIGPOLL) we do not have. */
function signalNumber(text: string): number | null {
  const names = Object.entries(constants.signals).filter(
    ([name]) => !['SIGIOT', 'SIGPOLL', 'SIGUNUSED'].includes(name),
  );
  const named = names.find(([name]) => [name, name.slice(3)].includes(text))?.[1];
  const isNumber = text !== '' && [...text].every((one) => '0123456789'.includes(one));
  const number = named ?? (isNumber ? Number(text) : 0);
  return number > 0 && number < 65 ? number : null;
}

const isValue = (text: string) => {
  const digits = text.startsWith('-') ? text.slice(1) : text;
  const isNumber = digits !== '' && [...digits].every((one) => '0123456789'.includes(one));
  return isNumber && digits.length <= 10 && BigInt.asIntN(32, BigInt(text)) === BigInt(text);
};

function wantedSignal(words: readonly string[]): unknown {
  const plain = words.filter((word) => !isOption(word));
  const number = signalNumber(plain[1] ?? '');
  if (plain.length !== 2 || number === null) return null;
  const wanted = { key: plain[0], number, scope: { kind: 'process' } as object, value: undefined };
  for (const [name, text] of words.filter(isOption).map(parted)) {
    if (name === '--group' && text === undefined) wanted.scope = { kind: 'group' };
    else if (name === '--thread' && text) wanted.scope = { kind: 'thread', thread: text };
    else if (name === '--value' && isValue(text ?? ''))
      Object.assign(wanted, { value: Number(text) });
    else return null;
  }
  return wanted;
}

const two = (one: fc.Arbitrary<string>) => fc.array(one, { maxLength: 2 });
const once = (one: fc.Arbitrary<string>) => fc.tuple(one);
const signals = fc.property(lines(once(key), once(signal), two(signalOption)), (words) => {
  assert.deepEqual(parseSignalCommand(words), wantedSignal(words));
});

const type = fc.constantFrom(...namespaceTypes, 'x', '', '__proto__');
const enterOption = fc.oneof(
  fc.array(type, { maxLength: 3 }).map((types) => `--join=${types.join(',')}`),
  fc.constantFrom('target', 'root', 'ours', '', 'me').map((user) => `--user=${user}`),
  fc.constantFrom('--check', '--join', '--user', '--CHECK', '--check\n', '--', '-- '),
  hostileText.map((text) => `--join=${text}`),
);

/** The reference goes from word to word. */
function wantedEntry(words: readonly string[]): unknown {
  const before = words.indexOf('--') < 0 ? [...words] : words.slice(0, words.indexOf('--'));
  const plain = before.filter((word) => !isOption(word));
  const options = new Map(before.filter(isOption).map(parted));
  const names = options.get('--join')?.split(',');
  const user = options.has('--user') ? options.get('--user') : 'target';
  const isKnown = [...options.keys()].every((name) =>
    ['--join', '--user', '--check'].includes(name),
  );
  const isJoin =
    !options.has('--join') || names?.every((name) => namespaceTypes.some((t) => t === name));
  if (!isKnown || !isJoin || plain.length !== 1) return null;
  if (user !== 'target' && user !== 'root' && user !== 'ours') return null;
  const join = names ? namespaceTypes.filter((one) => names.includes(one)) : null;
  const command = words.slice(before.length + 1);
  return { key: plain[0], join, user, check: options.has('--check'), command };
}

const entries = fc.property(lines(once(key), two(enterOption), two(hostileText)), (words) => {
  assert.deepEqual(parseEnter(words), wantedEntry(words));
});

export const commandTargets: readonly Target[] = [
  { name: 'command lines that signal', property: () => signals },
  { name: 'command lines that enter', property: () => entries },
];
