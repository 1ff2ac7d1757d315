// What launch.json and keybindings give, and what a person types to be run or waited for.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { attachNumber, inItsForm } from '../../../extension/attach/guard/attachNumber';
import { inspectorOptions } from '../../../extension/attach/nodeInspector/inspectorOptions';
import { parseNextPattern, patternText } from '../../../extension/attach/next/nextPattern';
import { anything, readPickArguments } from '../../../extension/attach/picking/pickArguments';
import { commandWords } from '../../../extension/attach/running/commandWords';
import { NothingDone } from '../../../extension/errors';
import { maxPid } from '../../../native-host/process/identity';
import { hostileJson, hostileText } from '../hostile';
import type { Target } from '../target';

const plausible = fc.record(
  {
    filter: fc.oneof(hostileText, fc.record({ name: hostileText, cwd: hostileText })),
    user: fc.oneof(hostileText, fc.integer()),
    namespace: fc.oneof(fc.constantFrom('ours', 'pid:[1]', '1'), hostileText),
    container: hostileText,
    debugger: fc.constantFrom('node', 'lldb', '__proto__', 'x'),
    autoPickIfUnique: fc.boolean(),
    inside: fc.boolean(),
    waitFor: fc.oneof(hostileText, fc.record({ pattern: hostileText, stop: fc.boolean() })),
  },
  { requiredKeys: [] },
);

/** Understood, or refused with a reason that a person can read; nothing that was not asked for is understood. */
const pickArguments = fc.property(fc.oneof(plausible, hostileJson), (given) => {
  try {
    const read = readPickArguments(given);
    const names = Object.keys(given ?? {});
    const isConfiguration = names.includes('type') && names.includes('request');
    const more = Object.keys(read).filter((name) => !names.includes(name));
    const isUsual = (name: string) => name in anything;
    assert.ok(isConfiguration || more.every(isUsual), more.join());
    assert.equal(typeof read.autoPickIfUnique, 'boolean');
  } catch (error) {
    assert.ok(error instanceof NothingDone, String(error));
  }
});

const numberText = fc.oneof(fc.nat(5_000_000), fc.stringMatching(/^ ?[0-9]{0,8}(:[0-9]{1,5})? ?$/));
const configuration = fc.record({
  type: fc.constantFrom('node', 'lldb', 'cppdbg', 'debugpy', 'go', 'unknown', '__proto__'),
  request: fc.constantFrom('attach', 'launch'),
  name: hostileText,
  processId: fc.oneof(numberText, hostileJson),
  pid: fc.oneof(numberText, hostileJson),
});

/** A number that a kernel can give, which stands there; and another form does not change whom it means. */
const numbers = fc.property(configuration, (given) => {
  const found = attachNumber(given);
  if (!found) return;
  assert.ok(Number.isInteger(found.pid) && found.pid > 0 && found.pid <= maxPid);
  const value = (given as Record<string, unknown>)[found.attribute];
  assert.equal(Number.parseInt(String(value).trim(), 10), found.pid);
  assert.deepEqual(attachNumber(inItsForm(given)), found);
});

const patterns = fc.property(hostileText, (text) => {
  try {
    const pattern = parseNextPattern(text);
    assert.equal(patternText(pattern), text.trim());
  } catch (error) {
    assert.ok(error instanceof Error && error.message !== '', String(error));
    assert.ok(!(error instanceof TypeError), String(error));
  }
});

const quoted = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;
const word = hostileText.map((text) => text.replaceAll('\0', ''));

/** The reference is how sh(1) quotes. */
const words = fc.property(word.filter(Boolean), fc.array(word), (program, args) => {
  const all = [program, ...args];
  assert.deepEqual(commandWords(all.map(quoted).join(' ')), all);
  assert.deepEqual(commandWords(JSON.stringify(all)), all);
});

const options = fc.property(fc.array(hostileText), hostileText, (args, env) => {
  const { host, port, fromStart } = inspectorOptions(['node', ...args], env);
  assert.ok(host !== '' && port >= 0 && typeof fromStart === 'boolean');
});

export const launchTargets: readonly Target[] = [
  { name: 'arguments of pickProcess', property: () => pickArguments },
  { name: 'numbers of configurations', property: () => numbers },
  { name: 'what is waited for', property: () => patterns },
  { name: 'commands that are run', property: () => words },
  { name: "Node's inspector options", property: () => options },
];
