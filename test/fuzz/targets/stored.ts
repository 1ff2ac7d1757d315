// What another version, or anybody, left in the storage of the window; and how long somebody wants to wait.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TargetToken } from '../../../native-host/protocol';
import { fieldsOf } from '../../../views/fieldsOf';
import { readAfterExit } from '../../../views/targets/afterExit';
import { readStored } from '../../../views/targets/readStored';
import { Target as Waited } from '../../../views/targets/model';
import { readGroup } from '../../../views/waits/storedGroup';
import { parseTimeLimit } from '../../../views/waits/timeLimit';
import { identifiedProcess, labelText } from '../../../views/rowText';
import { row } from '../../unit/views/rows';
import { hostileJson, hostileText } from '../hostile';
import type { Target } from '../target';

const afterwards = fc.record(
  {
    kind: fc.constantFrom('task', 'command', 'launch', 'x'),
    ...{ name: hostileText, source: hostileText, id: fc.oneof(hostileText, fc.constant(7)) },
    folder: fc.oneof(hostileText, fc.constant(null)),
  },
  { requiredKeys: ['kind'] },
);

const parts = {
  task: ['name', 'source', 'folder'],
  command: ['id'],
  launch: ['name', 'folder'],
} as const;

/** What is run is what stands there, with all that it needs, and nothing else. */
const after = fc.property(fc.oneof(afterwards, hostileJson), (stored) => {
  const given = Object(stored) as Record<string, unknown>;
  const needed = Object.entries(parts).find(([kind]) => given['kind'] === kind)?.[1];
  const isGiven = (name: string) =>
    (typeof given[name] === 'string' && given[name] !== '') ||
    (name === 'folder' && given['kind'] === 'task' && given[name] === null);
  const isOne = needed?.every(isGiven) ?? false;
  const wanted = isOne && ['kind', ...(needed ?? [])].map((name) => [name, given[name]] as const);
  assert.deepEqual(readAfterExit(stored), wanted ? Object.fromEntries(wanted) : undefined);
});

const known = new Map(
  ['a', 'b'].map((token) => [
    token,
    new Waited(token as TargetToken, row(7), 0, { kind: 'waiting', held: true }),
  ]),
);
const time = fc.oneof(fc.nat(), fc.constant(null), fc.double(), hostileJson);
const group = fc.record(
  {
    until: fc.constantFrom('each', 'any', 'all', 'x', '__proto__'),
    ...{ limitMs: time, deadline: time },
    members: fc.oneof(fc.array(fc.constantFrom('a', 'b', 'c', '__proto__', 7)), hostileJson),
  },
  { requiredKeys: [] },
);

/** Only who is held again is waited for, and no longer than a number says. */
const groups = fc.property(fc.oneof(group, hostileJson), (stored) => {
  const read = readGroup(stored, known);
  if (!read) return;
  assert.ok(['each', 'any', 'all'].includes(read.order.until));
  assert.ok(read.members.every((one) => known.get(one.token) === one));
  for (const one of [read.order.limitMs ?? 0, read.deadline ?? 0]) assert.ok(Number.isFinite(one));
});

const storedRow = fc.tuple(
  fc.constantFrom(...Object.keys(row(7))),
  fc.oneof(hostileText, fc.constant(null), fc.integer(), hostileJson),
  fc.boolean(),
);
const whys = ['waiting', 'stopping', 'pinned', 'debugging'] as const;
const isWhy = (value: unknown) => whys.some((why) => why === value);
const storedTarget = fc.record(
  {
    row: fc.oneof(
      storedRow.map(([name, value, isChanged]) =>
        isChanged ? { ...row(7), [name]: value } : row(7),
      ),
      hostileJson,
    ),
    since: fc.oneof(fc.nat(), hostileJson),
    why: fc.constantFrom(...whys, '__proto__', 7),
    reasons: fc.oneof(fc.array(fc.constantFrom(...whys)), hostileJson),
    token: fc.oneof(hostileText, fc.constant(7)),
    after: hostileJson,
  },
  { requiredKeys: ['row', 'since'] },
);
const storedList = fc.record(
  {
    place: fc.oneof(fc.constant({ bootId: 'b', pidNamespace: null }), hostileJson),
    targets: fc.oneof(fc.array(storedTarget), hostileJson),
    groups: fc.oneof(fc.array(group), hostileJson),
  },
  { requiredKeys: ['place'] },
);

const whole = row(7, 1, { exe: '/bin/true' });
const nullable = ['parentKey', 'uid', 'startedAt', 'exe'];
const isLike = (value: unknown, sample: unknown) =>
  typeof value === typeof sample && (typeof value !== 'number' || Number.isFinite(value));

/** The reference is a row of ours: each field is of the same type, or null where that may be. */
function isOurs(one: unknown): boolean {
  const { row: given, since, why, reasons, token } = fieldsOf(one);
  const fields = fieldsOf(given);
  const isRow = Object.entries(whole).every(([name, sample]) => {
    const value = fields[name];
    if (value === null) return nullable.includes(name);
    if (!Array.isArray(sample)) return isLike(value, sample);
    return Array.isArray(value) && value.every((part) => typeof part === 'string');
  });
  const areWhys = Array.isArray(reasons) && reasons.length > 0 && reasons.every(isWhy);
  const hasWhy = isWhy(why) && (reasons === undefined || areWhys);
  return isRow && isLike(since, 0) && hasWhy && (token === undefined || isLike(token, ''));
}

/** Exactly those are held again, each can be drawn, and the log says so of the others. */
const targets = fc.property(fc.oneof(storedList, hostileJson), (stored) => {
  const logged: string[] = [];
  const read = readStored(stored, (line) => logged.push(line));
  if (!read) return void assert.equal(logged.length, stored === undefined ? 0 : 1);
  const given = (stored as { targets: unknown[] }).targets;
  assert.deepEqual(read.targets, given.filter(isOurs));
  assert.equal(logged.length, read.targets.length < given.length ? 1 : 0);
  for (const one of read.targets) {
    const { row: shown } = new Waited('a' as TargetToken, one.row, one.since, {
      kind: 'waiting',
      held: true,
    });
    for (const text of [labelText(shown), identifiedProcess(shown)])
      assert.equal(typeof text, 'string');
  }
});

const amount = fc.oneof(
  fc.tuple(fc.nat(2_100_000), fc.constantFrom('', '.5', '.125', '.1234', '.', 'e3')),
  fc.tuple(hostileText, fc.constant('')),
);
const unit = fc.constantFrom('', 's', 'ms', 'min', 'm', 'h', 'H', 'd', 'constructor', '__proto__');
const perMs: Readonly<Record<string, number>> = {
  '': 1000,
  s: 1000,
  ms: 1,
  min: 6e4,
  m: 6e4,
  h: 36e5,
};

/** The reference reads from the end: a unit, else seconds. */
const limits = fc.property(amount, fc.constantFrom('', ' '), unit, ([whole, part], gap, name) => {
  const text = `${whole}${part}${gap}${name}`;
  const read = parseTimeLimit(text);
  if (typeof whole === 'string') return void assert.ok(read === undefined || read > 0);
  const each = Object.hasOwn(perMs, name.toLowerCase()) ? perMs[name.toLowerCase()] : undefined;
  const ms = Math.round(Number(`${whole}${part}`) * (each ?? 0));
  const isPlain = ['', '.5', '.125'].includes(part);
  assert.equal(read, isPlain && ms > 0 && ms <= 24 * 24 * 36e5 ? ms : undefined);
});

export const storedTargets: readonly Target[] = [
  { name: 'what is started after an end', property: () => after },
  { name: 'stored groups of waits', property: () => groups },
  { name: 'stored targets', property: () => targets },
  { name: 'time limits', property: () => limits },
];
