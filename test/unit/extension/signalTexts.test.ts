import assert from 'node:assert/strict';
import type { ThreadKey } from '../../../native-host/protocol';
import { HostClosedError } from '../../../extension/host/hostErrors';
import { mustAsk } from '../../../extension/signals/mustAsk';
import { fateOf, outcomeSummary } from '../../../extension/signals/outcomes';
import { signalItem } from '../../../extension/signals/signalItems';
import type { SignalOrder } from '../../../extension/signals/signalOrder';
import { sudoArguments } from '../../../extension/signals/sudoCommand';
import { parseValue } from '../../../extension/signals/typedValue';
import { signals } from '../../../views/signals';
import { keyOf, row } from '../views/rows';

describe('mustAsk', () => {
  const handled = { effect: 'handled', guards: [] } as const;

  it('asks before any signal to a whole group but SIGCONT', () => {
    const group = { kind: 'group' } as const;
    assert.equal(mustAsk('guarded', { signal: 10, scope: group }, handled), true);
    const continues = { effect: 'continue', guards: [] } as const;
    assert.equal(mustAsk('guarded', { signal: 18, scope: group }, continues), false);
  });

  it('does not ask where a guarded process will not feel it', () => {
    const ignored = { effect: 'ignored', guards: ['vscode'] } as const;
    assert.equal(mustAsk('guarded', { signal: 28 }, ignored), false);
    assert.equal(mustAsk('guarded', { signal: 10 }, { ...handled, guards: ['init'] }), true);
  });

  it('asks before a real-time signal without a handler', () => {
    assert.equal(mustAsk('guarded', { signal: 40 }, { effect: 'terminate', guards: [] }), true);
    assert.equal(mustAsk('guarded', { signal: 40 }, handled), false);
  });
});

describe('outcomes', () => {
  it('count a lost reply as unknown, never as failed or sent', () => {
    assert.equal(fateOf(new HostClosedError('signal/send')), 'unknown');
    const unknown = { row: row(1), fate: 'unknown' } as const;
    assert.equal(outcomeSummary([unknown]), '1 unknown whether sent');
  });
});

describe('sudoArguments', () => {
  const host = { program: '/usr/bin/node', script: '/x y/native-host.js', isElectron: false };

  it('name the process by its key, never by a number', () => {
    const words = ['--', '/usr/bin/node', '/x y/native-host.js', 'signal', keyOf(7), 'SIGTERM'];
    assert.deepEqual(sudoArguments(host, keyOf(7), { signal: 15 }), words);
  });

  it('say whom of the process it is for, and what goes along', () => {
    const last = (order: SignalOrder) => sudoArguments(host, keyOf(7), order).slice(5);
    assert.deepEqual(last({ signal: 15, scope: { kind: 'group' } }), ['SIGTERM', '--group']);
    const thread = { key: '9:3' as ThreadKey, tid: 9, comm: 'worker', state: 'S' } as const;
    assert.deepEqual(last({ signal: 10, scope: { kind: 'thread', thread }, value: -1 }), [
      ...['SIGUSR1', '--value=-1', '--thread=9:3'],
    ]);
  });

  it('let Electron act as Node, since sudo drops the environment', () => {
    const words = sudoArguments({ ...host, isElectron: true }, keyOf(7), { signal: 40 });
    assert.deepEqual(words.slice(1, 3), ['env', 'ELECTRON_RUN_AS_NODE=1']);
    assert.equal(words.at(-1), '40');
  });
});

describe('parseValue', () => {
  it('takes what fits in 32 bits', () => {
    assert.deepEqual([' 7 ', '-1', '0x10'].map(parseValue), [7, -1, 16]);
    assert.deepEqual(['', 'x', '1.5', '2147483648', '0xffffffff'].map(parseValue), [
      undefined,
      undefined,
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe('signalItem', () => {
  it('says what it would do here before what it means', () => {
    const effects = signals.map(({ number }) => (number === 15 ? 'blocked' : 'terminate'));
    const preview = { row: row(1), effects, pending: [15], guards: [] } as const;
    assert.equal(
      signalItem(signals[14]!, preview, []).detail,
      'blocked in every thread: stays pending · one is pending · terminate; the program may clean up',
    );
    assert.equal(signalItem(signals[63]!, undefined, []).label, 'SIGRTMAX');
  });
});
