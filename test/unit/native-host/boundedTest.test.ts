import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { boundedTest, parsePattern } from '../../../native-host/next/boundedTest';
import { eventually } from '../../support/eventually';

const built = path.join(__dirname, '../../../native-host/next/boundedTest.js');

/** Tests without end what takes some 60 ms of this machine, and says so each time. */
const tester = `
  const { boundedTest, parsePattern } = require(${JSON.stringify(built)});
  const pattern = parsePattern('^(a+)+$');
  let length = 10;
  for (let ms = 0; ms < 60; length++) {
    const before = performance.now();
    boundedTest(pattern, ['a'.repeat(length) + 'b']);
    ms = performance.now() - before;
  }
  const next = () => process.stdout.write(boundedTest(pattern, ['a'.repeat(length - 1) + 'b']) + ' ', () => setImmediate(next));
  next();
`;

async function passes(ms: number): Promise<void> {
  const since = performance.now();
  await eventually(`${ms} ms`, () => performance.now() - since > ms);
}

describe('a regular expression that a person typed', () => {
  it('is tested on each text, and no longer than it may take', () => {
    assert.equal(boundedTest(parsePattern('^b'), ['a', 'b']), true);
    assert.equal(boundedTest(parsePattern('^b'), ['a', 'ab']), false);
    const endless = parsePattern('^(a+)+$');
    assert.throws(() => boundedTest(endless, [`${'a'.repeat(60)}b`]), /longer than 500 ms/);
  });

  it('is not refused because others have the processor', async () => {
    const child = spawn(process.execPath, ['-e', tester], { stdio: ['ignore', 'pipe', 'pipe'] });
    let trouble = '';
    child.stderr.on('data', (text) => (trouble += text));
    const ended = once(child, 'exit');
    try {
      for (let round = 0; round < 10; round++) {
        await Promise.race([once(child.stdout, 'data'), ended]);
        await passes(20); // and it is amid the next one
        child.kill('SIGSTOP'); // as one that gets no turn
        await passes(600);
        child.kill('SIGCONT');
      }
      await Promise.race([once(child.stdout, 'data'), ended]);
    } finally {
      child.kill('SIGKILL');
      await ended;
    }
    assert.equal(trouble, '');
  });
});
