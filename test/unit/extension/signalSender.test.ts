import assert from 'node:assert/strict';
import type { ProgramId } from '../../../native-host/protocol';
import { sendSignal } from '../../../extension/commands/signalSender';
import type { ProcessError } from '../../../extension/errors';
import type { Services } from '../../../extension/services';
import { FakeHost, hostError } from '../views/fakeHost';
import { keyOf, row } from '../views/rows';

const node = row(4711, 1, { comm: 'node' });
const shell = row(4711, 1, { comm: 'sh', program: 'p2' as ProgramId });

function make(answers: boolean[] = []) {
  const host = new FakeHost();
  host.on('signal/send', () => ({ outcome: 'sent', members: null }));
  const questions: string[] = [];
  const told: string[] = [];
  const messages = {
    confirm: (text: string) => {
      questions.push(text);
      return Promise.resolve(answers.shift() ?? false);
    },
    status: (text: string) => void told.push(text),
    info: (text: string) => Promise.resolve(void told.push(text)),
  };
  const send = (signal: number) =>
    sendSignal({ host, messages } as unknown as Pick<Services, 'host' | 'messages'>, node, signal);
  return { host, questions, told, send };
}

describe('sendSignal', () => {
  it('asks with name, number and start time before it ends a process', async () => {
    const { host, questions, send } = make([false]);
    await send(9);
    assert.match(questions[0]!, /^Kill node \(pid 4711, started .*\d\d:\d\d:\d\d\)\?$/);
    assert.deepEqual(host.asked, []);
  });

  it('sends the key and the program that were on screen', async () => {
    const { host, told, send } = make([true]);
    await send(15);
    const params = { key: keyOf(4711), signal: 15, program: 'p1' };
    assert.deepEqual(host.asked, [{ method: 'signal/send', params }]);
    assert.deepEqual(told, ['SIGTERM sent to node (pid 4711)']);
  });

  it('pauses and continues without a question', async () => {
    const { host, questions, send } = make();
    await send(19);
    await send(18);
    assert.equal(host.asked.length, 2);
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
    assert.equal(host.asked.length, 1);
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
});
