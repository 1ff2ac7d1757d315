import assert from 'node:assert/strict';
import {
  debuggeeOfMessage,
  debuggeeOfSession,
  isDetaching,
  isTerminated,
} from '../../../extension/debugging/debuggeeNumber';
import { LeftOvers, type LeftOver } from '../../../extension/debugging/leftOvers';
import { FakeClock, settled } from '../views/fakeClock';
import { FakeHost, hostError } from '../views/fakeHost';
import { keyOf, row } from '../views/rows';

const started = 1_000_000;
const graceMs = 1500;

async function make() {
  const host = new FakeHost();
  const clock = new FakeClock();
  await clock.advance(started);
  let left = [row(7, 1, { startedAt: started })];
  host.on('processes/find', ({ pid }) => row(pid, 1, { startedAt: started }));
  host.on('lineage/left', () => ({ rows: left, mayHaveEscaped: false }));
  const found: LeftOver[] = [];
  const lines: string[] = [];
  const leftOvers = new LeftOvers(
    host,
    clock,
    (line) => lines.push(line),
    (one) => found.push(one),
  );
  const end = async () => {
    const ended = leftOvers.ended('s');
    await clock.advance(graceMs);
    await ended;
  };
  const lineage = () => host.methodsAsked().filter((method) => method.startsWith('lineage'));
  const leave = (...rows: typeof left) => void (left = rows);
  return { host, clock, leftOvers, found, lines, end, lineage, leave };
}

describe('LeftOvers', () => {
  it('tells once of what a session leaves, whatever its sub-sessions were', async () => {
    const { leftOvers, found, end, lineage } = await make();
    leftOvers.started('s', 'Launch');
    await leftOvers.debuggee('s', 5);
    await leftOvers.debuggee('s', 6);
    await end();
    assert.deepEqual(
      found.map(({ name, rows }) => [name, rows.map(({ key }) => key)]),
      [['Launch', [keyOf(7)]]],
    );
    assert.deepEqual(lineage(), [
      ...['lineage/follow', 'lineage/follow'],
      ...['lineage/left', 'lineage/left', 'lineage/forget'],
    ]);
  });

  it('says nothing of what ends in a moment', async () => {
    const { leftOvers, found, clock, leave } = await make();
    leftOvers.started('s', 'Launch');
    await leftOvers.debuggee('s', 5);
    const ended = leftOvers.ended('s');
    await settled();
    leave();
    await clock.advance(graceMs);
    await ended;
    assert.deepEqual(found, []);
  });

  it('says nothing where it was meant to go on, or was not launched', async () => {
    const { leftOvers, found, end, lineage } = await make();
    leftOvers.started('s', 'Launch');
    await leftOvers.debuggee('s', 5);
    leftOvers.detached('s');
    await end();
    assert.deepEqual(found, []);
    assert.deepEqual(lineage(), ['lineage/follow', 'lineage/forget']);
    await leftOvers.debuggee('attached', 5);
    await leftOvers.ended('attached');
    assert.equal(lineage().length, 2);
  });

  it('follows nobody who is older than the session: the number was meant for elsewhere', async () => {
    const { host, leftOvers, found, lines, end, lineage } = await make();
    host.on('processes/find', ({ pid }) => row(pid, 1, { startedAt: started - 60_000 }));
    leftOvers.started('s', 'Launch');
    await leftOvers.debuggee('s', 5);
    await end();
    assert.deepEqual(lineage(), []);
    assert.deepEqual(found, []);
    assert.match(lines[0] ?? '', /older than the session/);
  });

  it('follows on in the next native host', async () => {
    const { host, leftOvers, lineage } = await make();
    leftOvers.started('s', 'Launch');
    await leftOvers.debuggee('s', 5);
    host.restart();
    await settled();
    assert.deepEqual(lineage(), ['lineage/follow', 'lineage/follow']);
  });

  it('bothers nobody with what did not work', async () => {
    const { host, leftOvers, found, lines, end } = await make();
    leftOvers.started('s', 'Launch');
    await leftOvers.debuggee('s', 5);
    host.on('lineage/left', () => Promise.reject(hostError('Invalid')));
    await end();
    assert.deepEqual(found, []);
    assert.equal(lines.length, 1);
  });
});

describe('what debuggers tell', () => {
  it('is the number of a process here that they started', () => {
    const event = (body: object) => ({ type: 'event', event: 'process', body });
    assert.equal(debuggeeOfMessage(event({ systemProcessId: 7, startMethod: 'launch' })), 7);
    assert.equal(debuggeeOfMessage(event({ systemProcessId: 7 })), 7);
    const strange = [
      event({}),
      event({ systemProcessId: 7, startMethod: 'attach' }),
      event({ systemProcessId: 7, isLocalProcess: false }),
      event({ systemProcessId: '7' }),
      event({ systemProcessId: -1 }),
      { type: 'event', event: 'output', body: { systemProcessId: 7 } },
      { type: 'event', event: 'process' },
      null,
      'process',
    ];
    for (const message of strange) assert.equal(debuggeeOfMessage(message), undefined);
  });

  it('is in the names of sessions of js-debug only', () => {
    assert.equal(debuggeeOfSession('pwa-node', 'server.js [4711]'), 4711);
    assert.equal(debuggeeOfSession('node-terminal', '[12]'), 12);
    assert.equal(debuggeeOfSession('pwa-node', 'Launch [x]'), undefined);
    assert.equal(debuggeeOfSession('pwa-node', '[worker 1]'), undefined);
    assert.equal(debuggeeOfSession('pwa-chrome', 'page [4711]'), undefined);
    assert.equal(debuggeeOfSession('cppdbg', 'a.out [4711]'), undefined);
  });

  it('tells leaving from ending', () => {
    const disconnect = (args?: object) => ({
      type: 'request',
      command: 'disconnect',
      arguments: args,
    });
    assert.equal(isDetaching(disconnect({ terminateDebuggee: false })), true);
    for (const other of [disconnect(), disconnect({ terminateDebuggee: true }), null])
      assert.equal(isDetaching(other), false);
    assert.equal(isTerminated({ type: 'event', event: 'terminated' }), true);
    assert.equal(isTerminated({ type: 'event', event: 'exited' }), false);
  });
});
