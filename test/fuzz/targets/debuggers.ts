// What debuggers say, what their configurations and command lines have, and what a native host gives as a reason.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { askedPort } from '../../../extension/attach/attaching/listenedPort';
import { contactIn } from '../../../extension/attach/guard/contactIn';
import {
  attachRequest,
  isAnswerTo,
  isConfigurationDone,
  neutralise,
  nobodysNumber,
  numberTold,
  spareDebuggee,
} from '../../../extension/attach/guard/dapMessages';
import { idIn } from '../../../extension/attach/nodeInspector/inspectorId';
import {
  debuggeeOfMessage,
  debuggeeOfSession,
  isDetaching,
  isTerminated,
} from '../../../extension/debugging/debuggeeNumber';
import { describeError } from '../../../extension/errors';
import { parseVersion } from '../../../native-host/attach/gdb';
import { errorCodes } from '../../../native-host/protocol';
import { errorData } from '../../../views/errorData';
import { hostileJson, hostileText } from '../hostile';
import type { Target } from '../target';

const number = fc.oneof(fc.integer(), fc.double(), fc.nat(9).map(String), hostileJson);
const body = fc.record(
  {
    systemProcessId: number,
    isLocalProcess: fc.oneof(fc.boolean(), hostileJson),
    startMethod: fc.constantFrom('attach', 'launch', '__proto__'),
  },
  { requiredKeys: ['systemProcessId'] },
);
const message = fc.record(
  {
    type: fc.constantFrom('event', 'request', 'response', 'x'),
    seq: fc.nat(3),
    request_seq: fc.nat(3),
    event: fc.constantFrom('process', 'terminated', 'x'),
    command: fc.constantFrom('attach', 'restart', 'disconnect', 'terminate', 'configurationDone'),
    arguments: fc.oneof(
      fc.record({ pid: number, terminateDebuggee: fc.boolean() }, { requiredKeys: [] }),
      hostileJson,
    ),
    body: fc.oneof(body, hostileJson),
  },
  { requiredKeys: [] },
);

const processEvent = fc.record({
  type: fc.constant('event'),
  event: fc.constant('process'),
  body,
});

type Fields = Readonly<Record<string, unknown>>;
const fieldsOf = (value: unknown): Fields => Object(value ?? {}) as Fields;

/** Of an event that says so, and of nothing else; where it runs here, and is a number that somebody may have. */
const numbers = fc.property(fc.oneof(processEvent, message, hostileJson), (said) => {
  const { type, event, body: about } = fieldsOf(said);
  const { systemProcessId: pid, isLocalProcess, startMethod } = fieldsOf(about);
  const isSaid = type === 'event' && event === 'process' && isLocalProcess !== false;
  const wanted = isSaid && typeof pid === 'number' && pid > 0 && pid % 1 === 0 ? pid : undefined;
  assert.equal(numberTold(said), wanted);
  assert.equal(debuggeeOfMessage(said), startMethod === 'attach' ? undefined : wanted);
  for (const ask of [isConfigurationDone, isDetaching, isTerminated])
    assert.equal(typeof ask(said), 'boolean');
});

/** After it has passed us, no message attaches to anybody or ends anybody. */
const spared = fc.property(
  message,
  fc.constantFrom('pid', 'processId', undefined),
  (said, name) => {
    const request = attachRequest(said);
    const { type, command } = said;
    assert.equal(
      request !== undefined,
      type === 'request' && /^(attach|restart)$/.test(command ?? ''),
    );
    if (request) assert.equal(isAnswerTo(request, said), false);
    const ends = structuredCloneOf(said);
    if (spareDebuggee(ends)) assert.ok(isDetaching(ends));
    neutralise(said, name);
    const args = fieldsOf(said.arguments);
    const left = said.command === 'disconnect' && args['terminateDebuggee'] === false;
    assert.ok(left || Number(args[name ?? '']) === nobodysNumber);
  },
);

const structuredCloneOf = <T>(value: T): T => ({ ...value });

/** js-debug's own names of sessions: digits in the last brackets. */
const sessions = fc.property(
  fc.constantFrom('pwa-node', 'node', 'node-terminal', 'lldb', 'nodeX'),
  fc.oneof(
    fc.nat(99_999_999).map((pid) => `a.js [${pid}]`),
    hostileText,
  ),
  (type, name) => {
    const digits = name.endsWith(']') ? name.slice(name.lastIndexOf('[') + 1, -1) : '';
    const isNumber = /^[0-9]{1,7}$/.test(digits) && Number(digits) > 0 && name.includes('[');
    const isNode = ['pwa-node', 'node', 'node-terminal'].includes(type);
    assert.equal(debuggeeOfSession(type, name), isNode && isNumber ? Number(digits) : undefined);
  },
);

const portText = fc.oneof(fc.nat(70_000).map(String), hostileText);
const configuration = fc.record({
  type: fc.constantFrom('java', 'python', 'debugpy', 'rdbg', 'x', '__proto__'),
  hostName: fc.constantFrom(undefined, 'localhost', '10.0.0.1'),
  port: fc.oneof(portText, hostileJson),
  connect: fc.oneof(fc.record({ host: hostileText, port: portText }), hostileJson),
  debugPort: fc.oneof(
    portText,
    portText.map((port) => `localhost:${port}`),
    hostileJson,
  ),
});
const option = fc.constantFrom('--listen', '--port', '-agentlib:jdwp=address=', '--port=', '-x');

/** A port that there can be, or none. */
const ports = fc.property(
  configuration,
  fc.array(
    fc.oneof(
      option,
      portText,
      fc.tuple(option, portText).map((two) => two.join('')),
    ),
  ),
  (given, args) => {
    const contact = contactIn({ name: '', request: 'attach', ...given });
    if (contact && 'path' in contact) assert.ok(contact.path.startsWith('/'));
    else if (contact) assert.ok(Number.isInteger(contact.port) && contact.port > 0);
    for (const port of [
      contact && 'port' in contact ? contact.port : 1,
      askedPort(given.type, args) ?? 0,
    ])
      assert.ok(Number.isInteger(port) && port >= 0 && port <= 65_535, String(port));
  },
);

const kind = fc.constantFrom(
  ...Object.keys(errorCodes),
  'constructor',
  'toString',
  '__proto__',
  'x',
);
const data = fc.oneof(fc.record({ kind, cause: hostileText }), hostileJson);
const failure = fc
  .tuple(hostileText, data)
  .map(([text, given]) => Object.assign(new Error(text), { data: given }));

/** Whatever it says went wrong, there is a sentence for it. */
const reasons = fc.property(failure, (error) => {
  const read = errorData(error);
  if (read) assert.ok(Object.keys(errorCodes).includes(read.kind), read.kind);
  const { text } = describeError(error);
  assert.equal(typeof text, 'string');
  assert.doesNotMatch(text, /\]\(/);
});

const id = fc.oneof(fc.uuid(), hostileText, hostileJson);
const listed = fc.array(fc.oneof(fc.record({ id }, { requiredKeys: [] }), hostileJson));

/** The first that has the form of one: it becomes a part of a path. */
const inspectors = fc.property(fc.oneof(listed, hostileJson), hostileText, (list, any) => {
  const isId = (one: unknown) =>
    typeof one === 'string' && one.length === 36 && /^[-0-9a-f]+$/.test(one);
  const text = JSON.stringify(list) ?? '';
  const ids = Array.isArray(list) ? list.map((one) => fieldsOf(one)['id']) : [];
  assert.equal(
    idIn(text),
    ids.find((one) => isId(one) && String(one).split('-').length === 5) ?? null,
  );
  assert.ok([null, any].includes(idIn(any)));
});

const part = fc.nat(9999).map(String);
const versionText = fc.tuple(part, part, fc.constantFrom('', '.1', '.1.2')).map((all) => {
  const [major, minor, more] = all;
  return `${major}.${minor}${more}`;
});
const packager = fc.oneof(
  fc.constantFrom('', '(Debian 13.1-3) ', '(GDB) Fedora 1.2-3 '),
  hostileText,
);

/** The last word of the first line, as far as it is numbers. */
const versions = fc.property(packager, versionText, hostileText, (who, version, more) => {
  fc.pre(!/[\n\r\u2028\u2029]/.test(who));
  assert.equal(parseVersion(`GNU gdb ${who} ${version}\n${more}`), version);
  assert.match(parseVersion(more) ?? '1.1', /^\d+(\.\d+)+$/);
});

export const debuggerTargets: readonly Target[] = [
  { name: 'numbers that debuggers tell', property: () => numbers },
  { name: 'requests of debuggers', property: () => spared },
  { name: 'names of sessions', property: () => sessions },
  { name: 'ports of debuggers', property: () => ports },
  { name: 'lists of inspectors', property: () => inspectors },
  { name: 'the version of gdb', property: () => versions },
  { name: 'reasons of a native host', property: () => reasons },
];
