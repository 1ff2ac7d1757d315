import assert from 'node:assert/strict';
import {
  attachRequest,
  isAnswerTo,
  isConfigurationDone,
  makeFailure,
  neutralise,
  nobodysNumber,
  numberTold,
} from '../../../../../extension/attach/guard/dapMessages';

const strange = [undefined, null, 7, 'attach', [], {}, { type: 'request' }, { command: 'attach' }];

describe('messages of a debug session', () => {
  it('ask to attach, or to attach again', () => {
    const request = (command: string) => ({ type: 'request', seq: 3, command });
    assert.deepEqual(attachRequest(request('attach')), { kind: 'attach', seq: 3 });
    assert.deepEqual(attachRequest(request('restart')), { kind: 'restart', seq: 3 });
    for (const other of [...strange, request('launch')]) {
      assert.equal(attachRequest(other), undefined);
    }
  });

  it('are answers to that very request', () => {
    const request = { kind: 'attach', seq: 3 } as const;
    assert.ok(isAnswerTo(request, { type: 'response', request_seq: 3, command: 'disconnect' }));
    for (const other of [...strange, { type: 'response', request_seq: 4, command: 'attach' }]) {
      assert.ok(!isAnswerTo(request, other));
    }
    assert.ok(isConfigurationDone({ type: 'response', command: 'configurationDone' }));
  });

  it('tell the number of a process on this machine', () => {
    const event = (body: unknown) => ({ type: 'event', event: 'process', body });
    assert.equal(numberTold(event({ systemProcessId: 7, startMethod: 'attach' })), 7);
    const bodies = [null, {}, { systemProcessId: '7' }, { systemProcessId: -1 }, 7];
    const elsewhere = event({ systemProcessId: 7, isLocalProcess: false });
    for (const other of [...strange, ...bodies.map(event), elsewhere]) {
      assert.equal(numberTold(other), undefined);
    }
  });

  it('are made such that they reach nobody, in the form that they had', () => {
    const attach = (pid?: unknown) => ({ type: 'request', command: 'attach', arguments: { pid } });
    const cases = [
      [attach(7), nobodysNumber],
      [attach('7'), String(nobodysNumber)],
    ] as const;
    for (const [message, expected] of cases) {
      neutralise(message, 'pid');
      assert.deepEqual(message, attach(expected));
    }
    assert.ok(nobodysNumber > 4194304, 'PID_MAX_LIMIT');
  });

  it('are made requests to leave where there is no number to change', () => {
    const leaving = {
      type: 'request',
      command: 'disconnect',
      arguments: { restart: false, terminateDebuggee: false },
    };
    const restart = { type: 'request', command: 'restart', arguments: { arguments: { pid: 7 } } };
    const byPort = { type: 'request', command: 'attach', arguments: { port: 5005 } };
    for (const message of [restart, byPort]) {
      neutralise(message, 'pid');
      assert.deepEqual(message, leaving);
    }
  });

  it('fail in other words, which VS Code leaves to us to show', () => {
    const message = { type: 'response', request_seq: 3, success: true, body: { a: 1 } };
    makeFailure(message, 'a {b} c');
    const error = { id: 1, format: 'a (b} c', showUser: false };
    const expected = { type: 'response', request_seq: 3, success: false, message: 'a {b} c' };
    assert.deepEqual(message, { ...expected, body: { error } });
  });
});
