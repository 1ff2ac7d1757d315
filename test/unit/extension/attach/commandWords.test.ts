import assert from 'node:assert/strict';
import { commandWords } from '../../../../extension/attach/running/commandWords';

describe('commandWords', () => {
  const read: [string, string[]][] = [
    ['a', ['a']],
    ['  a   b\tc ', ['a', 'b', 'c']],
    [`a 'b c' "d e"`, ['a', 'b c', 'd e']],
    [`a''b"c"\\ d`, ['abc d']],
    [`a '' ""`, ['a', '', '']],
    [`a '$HOME "x"' "\\"\\$\\\\n"`, ['a', '$HOME "x"', '"$\\n']],
    ['a $HOME *.c; b | c && d > e', ['a', '$HOME', '*.c;', 'b', '|', 'c', '&&', 'd', '>', 'e']],
    ['["a", "b c", ""]', ['a', 'b c', '']],
    ['a [b]', ['a', '[b]']],
  ];
  for (const [text, words] of read) {
    it(`splits ${text}`, () => assert.deepEqual(commandWords(text), words));
  }

  for (const text of ['', '  ', `''`, `a 'b`, `a "b`, 'a \\', '[', '[]', '["a", 1]', 'a\0']) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.throws(() => commandWords(text)));
  }
});
