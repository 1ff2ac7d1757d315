import assert from 'node:assert/strict';
import { EventEmitter, once } from 'node:events';
import { setImmediate as turn } from 'node:timers/promises';
import { Expectation } from '../../../native-host/next/expectation';
import { Held } from '../../../native-host/next/held';
import type { NextParts } from '../../../native-host/next/nextParts';
import type { PidFd } from '../../../native-host/process/pidFd';
import type { ProcessKey } from '../../../native-host/protocol';

const key = '5:7' as ProcessKey;
const nothing = () => undefined;

/** It stands still behind its exec, and is being read; `read` says with what error, if any, that ends. */
async function beingRead() {
  const [reads, told] = [new EventEmitter(), [] as string[]];
  const process = { pid: 5, key, hasExited: () => false, [Symbol.dispose]: nothing };
  const looks = [{ program: 'before', state: 'S' }];
  const glance = () => looks.pop() ?? { program: 'after', state: 'T' };
  const readOpened = async () => {
    reads.emit('begun');
    const [error] = (await once(reads, 'over')) as [Error | null];
    if (error) throw error;
    return { pid: 5 };
  };
  const held = new Held(null);
  const events = { found: () => told.push('found'), failed: () => told.push('failed') };
  const parts = { rows: { glance, readOpened } } as unknown as NextParts;
  const expectation = new Expectation(parts, process as unknown as PidFd, held, events);
  await once(reads, 'begun');
  const read = async (error: Error | null) => {
    reads.emit('over', error);
    await turn();
    expectation[Symbol.dispose]();
    return told;
  };
  return { expectation, read };
}

describe('a process that stops itself at its next exec', () => {
  it('is told of when it was read, or that it could not be', async () => {
    assert.deepEqual(await (await beingRead()).read(null), ['found']);
    assert.deepEqual(await (await beingRead()).read(new Error('out of something')), ['failed']);
  });

  const closed = new Error('file descriptor used after it was closed');
  const ways: Record<string, (expectation: Expectation) => void> = {
    'is released': (expectation) => expectation.release(key),
    'is awaited no more': (expectation) => expectation[Symbol.dispose](),
  };
  for (const [how, letGo] of Object.entries(ways))
    it(`and ${how} while it is read: its token is another's by then`, async () => {
      for (const error of [null, closed]) {
        const { expectation, read } = await beingRead();
        letGo(expectation);
        assert.deepEqual(await read(error), []);
      }
    });
});
