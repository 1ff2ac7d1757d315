import assert from 'node:assert/strict';
import { parseSignalCommand } from '../../../native-host/signals/signalCommand';

describe('parseSignalCommand', () => {
  it('understands whom, what and how far, in any order', () => {
    const words = ['--value=-7', '1:2', '--thread=3:4', 'SIGUSR1'];
    const scope = { kind: 'thread', thread: '3:4' };
    assert.deepEqual(parseSignalCommand(words), { key: '1:2', number: 10, scope, value: -7 });
    const plain = { scope: { kind: 'process' }, value: undefined };
    assert.deepEqual(parseSignalCommand(['1:2', '9']), { key: '1:2', number: 9, ...plain });
  });

  it('sends nothing where a word has more than it understands', () => {
    for (const option of [
      '--value=1=2',
      '--value=1.5',
      '--value=',
      '--group=x',
      '--thread=',
      '--x',
    ])
      assert.equal(parseSignalCommand(['1:2', 'TERM', option]), null, option);
    assert.equal(parseSignalCommand(['1:2', 'TERM', '3:4']), null);
  });
});
