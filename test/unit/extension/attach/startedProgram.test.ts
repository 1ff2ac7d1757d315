import assert from 'node:assert/strict';
import { readStartedProgram } from '../../../../extension/attach/running/startedProgram';

const read = (value: unknown) => readStartedProgram(JSON.stringify(value));

describe('what a started program says of itself', () => {
  it('is words, and a name and a kind where they are known', () => {
    const program = { words: ['node', 'a.js'], name: 'node', kind: 'node' };
    assert.deepEqual(read(program), program);
    const unknown = { words: ['x'], name: null, kind: null };
    assert.deepEqual(read({ words: ['x'] }), unknown);
    assert.deepEqual(read({ ...unknown, more: 1 }), unknown);
  });

  it('is nothing in any other form', () => {
    const hostile = [{ toString: 1 }, ['node'], 7, true];
    for (const one of hostile) {
      assert.equal(read({ words: ['x'], name: one }), undefined);
      assert.equal(read({ words: ['x'], kind: one }), undefined);
      assert.equal(read({ words: ['x', one] }), undefined);
    }
    for (const text of ['', '?', 'null', '7', '{}', '{"words":"x"}'])
      assert.equal(readStartedProgram(text), undefined, text);
  });
});
