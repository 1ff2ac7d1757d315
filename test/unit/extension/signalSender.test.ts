import assert from 'node:assert/strict';
import type {
  BatchResult,
  ErrorKind,
  ProcessRow,
  ProgramId,
  SignalEffect,
  SignalGuard,
  SignalResult,
} from '../../../native-host/protocol';
import { sendToMany } from '../../../extension/commands/sendToMany';
import { sendSignal } from '../../../extension/commands/signalSender';
import { describeError, SignalError, type ProcessError } from '../../../extension/errors';
import { HostClosedError } from '../../../extension/host/hostErrors';
import type { SignalOrder } from '../../../extension/signals/signalOrder';
import { hello, hostError } from '../views/fakeHost';
import { keyOf, row } from '../views/rows';
import { fakeServices } from './fakeServices';

const node = row(4711, 1, { comm: 'node' });
const shell = row(4711, 1, { comm: 'sh', program: 'p2' as ProgramId });

function make(answers: boolean[] = [], effect: SignalEffect = 'handled') {
  const fake = fakeServices(answers);
  fake.foretell(effect);
  const send = (signal: number, more: Partial<SignalOrder> = {}) =>
    sendSignal(fake.services, node, { signal, ...more });
  return { ...fake, send };
}

describe('sendSignal', () => {
  it('asks with name, number and start time before it ends a process', async () => {
    const { host, questions, send } = make([false]);
    await send(9);
    assert.match(questions[0]!, /^Kill node \(pid 4711, started .*\d\d:\d\d:\d\d\)\?$/);
    assert.deepEqual(host.methodsAsked(), ['signal/preview']);
  });

  it('sends the key and the program that were on screen', async () => {
    const { host, told, send } = make([true]);
    await send(15);
    const params = { key: keyOf(4711), signal: 15, program: 'p1' };
    assert.deepEqual(host.asked.slice(1), [{ method: 'signal/send', params }]);
    assert.deepEqual(told, ['SIGTERM sent to node (pid 4711)']);
  });

  it('pauses and continues without a question', async () => {
    const { host, questions, send, foretell } = make();
    foretell('stop');
    await send(19);
    foretell('continue');
    await send(18);
    assert.equal(host.methodsAsked().filter((method) => method === 'signal/send').length, 2);
    assert.deepEqual(questions, []);
  });

  it('asks again, naming the program that runs there now, and sends that one', async () => {
    const { host, questions, send } = make([true, true]);
    host.on('signal/send', ({ program }) => {
      if (program === 'p1') throw hostError('ProgramChanged', { row: shell });
      return { outcome: 'sent', members: null };
    });
    await send(15);
    assert.match(questions[1]!, /^node has become sh \(pid 4711, .*Terminate sh/);
    assert.deepEqual(host.asked.at(-1)?.params, { key: keyOf(4711), signal: 15, program: 'p2' });
  });

  it('sends nothing to another program without a yes', async () => {
    const { host, send } = make([true, false]);
    host.on('signal/send', () => Promise.reject(hostError('ProgramChanged', { row: shell })));
    await send(15);
    assert.equal(host.methodsAsked().filter((method) => method === 'signal/send').length, 1);
  });

  it('says that a zombie feels nothing', async () => {
    const { host, told, send } = make([true]);
    host.on('signal/send', () => ({ outcome: 'endedAlready', members: null }));
    await send(15);
    assert.match(told[0]!, /^node \(pid 4711\) had ended already/);
  });

  it('names the process when it fails', async () => {
    const { host, send } = make([true]);
    host.on('signal/send', () => Promise.reject(hostError('Gone')));
    await assert.rejects(send(9), (error: ProcessError) => error.row === node);
  });

  it('asks before a message that would end a program without a handler, and says so', async () => {
    const { details, send, host } = make([false], 'terminate');
    await send(10);
    assert.match(details[0]!, /It has no handler for SIGUSR1, so SIGUSR1 ends it\./);
    assert.deepEqual(host.methodsAsked(), ['signal/preview']);
  });

  it('sends a message to a program that handles it without a question', async () => {
    const { told, send } = make([], 'handled');
    await send(10);
    assert.deepEqual(told, ['SIGUSR1 sent to node (pid 4711)']);
  });

  it('names what is at risk before it touches VS Code itself', async () => {
    const { details, send, foretell } = make([false]);
    foretell('stop', ['vscode', 'sessionLeader']);
    await send(19);
    assert.match(details[0]!, /^It belongs to this VS Code.*\n\nIt leads the session/);
  });

  it('asks what a group is at risk of about the whole group', async () => {
    const { host, details, send, foretell } = make([false]);
    foretell('stop', ['vscode']);
    await send(19, { scope: { kind: 'group' } });
    const params = { key: keyOf(4711), signal: 19, scope: { kind: 'group' } };
    assert.deepEqual(host.asked, [{ method: 'signal/preview', params }]);
    assert.match(details[0]!, /^One of them: It belongs to this VS Code/);
  });

  it('says what the members of a group would do', async () => {
    const { host, details, send } = make([false]);
    const members = ['terminate', 'handled', 'terminate'] as const;
    host.on('signal/preview', () => ({
      ...{ row: node, effect: 'handled', pending: [], guards: [], members },
    }));
    await send(10, { scope: { kind: 'group' } });
    assert.match(
      details[0]!,
      /^Every process of its group gets SIGUSR1\.\nEffect of SIGUSR1 on 2 of them: .*\nEffect of SIGUSR1 on 1 of them: /,
    );
  });

  it('asks about an effect that nobody knows as about the worst', async () => {
    const { host, questions, send } = make([false]);
    host.on('signal/preview', () => Promise.reject(hostError('Internal')));
    await send(10);
    assert.equal(questions.length, 1);
  });

  it('asks nothing where the setting says never, and always where it says so', async () => {
    const { questions, send, settings, host } = make([true]);
    settings['pidfd.confirmSignals'] = 'never';
    await send(9);
    assert.deepEqual(questions, []);
    assert.deepEqual(host.methodsAsked(), ['signal/send']);
    settings['pidfd.confirmSignals'] = 'always';
    await send(18);
    assert.equal(questions.length, 1);
  });

  it('sends a value, and to one thread', async () => {
    const { host, send } = make();
    const thread = { key: '5:6' as never, tid: 5, comm: 'worker', state: 'S' } as const;
    await send(34, { value: 7, scope: { kind: 'thread', thread } });
    const scope = { kind: 'thread', thread: '5:6' };
    const params = { key: keyOf(4711), signal: 34, program: 'p1', value: 7, scope };
    assert.deepEqual(host.asked.at(-1)?.params, params);
  });

  it('tells of each member of a group without a leader', async () => {
    const { host, send, told, reports } = make([true, true]);
    const members = [
      { row: row(5), error: null },
      { row: row(6, null, { user: 'root' }), error: 'Denied' },
    ] as const;
    host.on('signal/send', () => ({ outcome: 'sent', members }));
    await send(10, { scope: { kind: 'group' } });
    assert.match(told[0]!, /one by one.*: 1 sent, 1 not permitted: owned by root$/);
    assert.match(reports[0]!, /## Not Done\n\n- .*belongs to root/);
    assert.match(told[0]!, /since its leader is gone/);
    const lacking = { id: 'groupSignals', available: false, error: null } as const;
    host.become({ kind: 'ready', hello: { ...hello, capabilities: [lacking] } });
    await send(10, { scope: { kind: 'group' } });
    assert.match(told[1]!, /since this kernel cannot do it at once/);
  });

  it('lets root try what was not permitted, with a value, too', async () => {
    const { host, send } = make([true, true]);
    host.on('signal/send', () => Promise.reject(hostError('Denied', { row: node })));
    const refused = async (order: Partial<SignalOrder>) => {
      const error: unknown = await send(15, order).catch((reason: unknown) => reason);
      return { error, actions: describeError(error).actions };
    };
    const { error, actions } = await refused({});
    assert.ok(error instanceof SignalError && error.order.signal === 15);
    assert.deepEqual(actions, ['retryWithSudo', 'showLog']);
    const valued = await refused({ value: 1 });
    assert.ok(valued.error instanceof SignalError && valued.error.order.value === 1);
  });
});

const sent: SignalResult = { outcome: 'sent', members: null };

const failed = (kind: ErrorKind, of: ProcessRow): BatchResult => ({
  error: { kind, cause: null, pid: of.pid, row: of, limit: null },
});

describe('sendToMany', () => {
  const rows = [row(5), row(6), row(7, null, { user: 'root' })];

  function many(answers: boolean[], guards: SignalGuard[] = []) {
    const fake = fakeServices(answers);
    fake.foretell('terminate', guards);
    return { ...fake, send: () => sendToMany(fake.services, rows, { signal: 15 }) };
  }

  it('asks once, naming all and what is at risk', async () => {
    const { questions, details, host, send } = many([false], ['vscode']);
    await send();
    assert.deepEqual(questions, ['Terminate these 3 processes?']);
    assert.match(details[0]!, /^One of them: It belongs to this VS Code/);
    assert.match(
      details[0]!,
      /Effect of SIGTERM on each of them: ends it\..*name5 \(pid 5.*\n.*name7 \(pid 7/s,
    );
    assert.ok(!host.methodsAsked().includes('signal/batch'));
  });

  it('sums up once, and lists each failure', async () => {
    const { host, told, reports, send } = many([true]);
    host.on('signal/batch', () => ({
      results: [{ result: sent }, failed('Gone', rows[1]!), failed('Denied', rows[2]!)],
    }));
    await send();
    assert.deepEqual(told, ['SIGTERM: 1 sent, 1 already gone, 1 not permitted: owned by root']);
    assert.match(reports[0]!, /name6 \\\(pid 6\\\) has ended/);
  });

  it('names a zombie as one that had ended', async () => {
    const { host, told, reports, send } = many([true]);
    const zombie: BatchResult = { result: { outcome: 'endedAlready', members: null } };
    host.on('signal/batch', () => ({ results: [{ result: sent }, zombie, { result: sent }] }));
    await send();
    assert.deepEqual(told, ['SIGTERM: 2 sent, 1 already gone']);
    assert.match(reports[0]!, /## Not Done\n\n- name6 \\\(pid 6\\\) has ended already/);
  });

  it('goes on with the others when one was gone before the question', async () => {
    const { host, told, send } = many([true]);
    host.on('signal/preview', ({ key }) => {
      if (key === keyOf(5)) throw hostError('Gone');
      return { row: rows[1]!, effect: 'terminate', pending: [], guards: [] };
    });
    host.on('signal/batch', ({ items }) => ({ results: items.map(() => ({ result: sent })) }));
    await send();
    assert.deepEqual(told, ['SIGTERM: 3 sent']);
  });

  it('does not claim to know when the native host ended in between, and asks once only', async () => {
    const { host, told, reports, send } = many([true]);
    host.on('signal/batch', () => Promise.reject(new HostClosedError('signal/batch')));
    await send();
    assert.deepEqual(told, ['SIGTERM: 3 unknown whether sent']);
    assert.match(reports[0]!, /## Unknown Whether Sent/);
    assert.match(reports[0]!, /unknown whether name5 \\\(pid 5\\\) got the signal; it is not sent/);
    assert.doesNotMatch(reports[0]!, /try again|Not Done/);
    assert.equal(host.methodsAsked().filter((method) => method === 'signal/batch').length, 1);
  });
});
