import assert from 'node:assert/strict';
import { ContentLengthGuard } from '../../../native-host/rpc/contentLengthGuard';

const message = (body: string): string => `Content-Length: ${body.length}\r\n\r\n${body}`;

/** What came through, or the error's text. */
function pass(chunks: readonly string[], limit = 100): Promise<string> {
  return new Promise((resolve) => {
    const guard = new ContentLengthGuard(limit);
    let out = '';
    guard.on('data', (chunk: Buffer) => (out += chunk.toString('latin1')));
    guard.once('error', (error) => resolve(error.message));
    guard.once('end', () => resolve(out));
    for (const chunk of chunks) guard.write(Buffer.from(chunk, 'latin1'));
    guard.end();
  });
}

describe('ContentLengthGuard', () => {
  const two = message('{"a":1}') + message('{"b":"\r\n\r\nContent-Length: 999999"}');

  it('lets messages through as they are, wherever the chunks end', async () => {
    assert.equal(await pass([two]), two);
    assert.equal(await pass([...two]), two);
    for (let at = 1; at < two.length; at++) {
      assert.equal(await pass([two.slice(0, at), two.slice(at)]), two);
    }
  });

  it('lets other headers through', async () => {
    const text = 'Content-Type: x; charset=utf-8\r\ncontent-length: 2\r\n\r\n{}';
    assert.equal(await pass([text]), text);
  });

  it('stops at a message that is too long, before its body', async () => {
    assert.equal(await pass([message('x'.repeat(100))]), message('x'.repeat(100)));
    assert.equal(await pass(['Content-Length: 101\r\n\r\n']), 'message too long');
    assert.equal(await pass(['Content-Length: 99999999999999999999\r\n\r\n']), 'message too long');
  });

  const refused: Record<string, string> = {
    'no length': 'Content-Type: x\r\n\r\n',
    'two lengths': 'Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}',
    'a negative length': 'Content-Length: -1\r\n\r\n',
    'no number': 'Content-Length: x\r\n\r\n',
  };
  for (const [name, text] of Object.entries(refused)) {
    it(`stops at ${name}`, async () => assert.equal(await pass([text]), 'message too long'));
  }

  it('stops at a header without end', async () => {
    assert.equal(await pass(['x'.repeat(5000)]), 'header too long');
    assert.equal(await pass(Array.from({ length: 5000 }, () => 'x')), 'header too long');
  });
});
