import assert from 'node:assert/strict';
import { parseNextPattern, patternText } from '../../../../extension/attach/next/nextPattern';

describe('parseNextPattern', () => {
  const read: [string, object][] = [
    ['server', { kind: 'name', name: 'server' }],
    ['  my server ', { kind: 'name', name: 'my server' }],
    ['/usr/bin/server', { kind: 'executable', path: '/usr/bin/server' }],
    ['/^server --port [0-9]+$/', { kind: 'regex', source: '^server --port [0-9]+$' }],
    ['/usr/', { kind: 'regex', source: 'usr' }],
  ];
  for (const [typed, pattern] of read) {
    it(`reads ${JSON.stringify(typed)}`, () => assert.deepEqual(parseNextPattern(typed), pattern));
  }

  for (const typed of ['', '  ', 'bin/server', './server', '/(/', '/a{2,1}/']) {
    it(`refuses ${JSON.stringify(typed)}`, () => assert.throws(() => parseNextPattern(typed)));
  }

  it('says a pattern as it would be typed', () => {
    for (const [typed] of read) assert.equal(patternText(parseNextPattern(typed)), typed.trim());
  });
});
