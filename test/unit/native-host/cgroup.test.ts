import assert from 'node:assert/strict';
import { parseCgroup } from '../../../native-host/procfs/cgroup';

const parse = (text: string | Buffer) => parseCgroup(Buffer.from(text));

describe('parseCgroup', () => {
  it('takes the unified hierarchy', () => {
    assert.equal(parse('0::/user.slice/a.scope\n'), '/user.slice/a.scope');
    assert.equal(parse('4:pids:/other\n0::/init.scope\n'), '/init.scope');
  });

  it('takes another one where the unified is not used', () => {
    assert.equal(parse('9:cpu:/\n4:pids:/docker/abc\n1:name=systemd:/x\n0::/\n'), '/docker/abc');
    assert.equal(parse('1:name=systemd:/\n0::/\n'), '/');
  });

  it('is not fooled by what a path may hold', () => {
    assert.equal(parse('0::/a:b:/c\n'), '/a:b:/c');
    assert.equal(parse('0::/../../x (deleted)\n'), '/../../x (deleted)');
    assert.equal(parse('1:cpu:/other\n0::/a\rb\u2028c\n'), '/a\rb\u2028c');
    assert.equal(parse(Buffer.from([0x30, 0x3a, 0x3a, 0x2f, 0xff, 0x0a])), '/\ufffd');
  });

  it('knows nothing of what is no such file', () => {
    for (const text of ['', '\n\n', '0::relative\n', 'x::/a\n', '0:/a\n', '::/a'])
      assert.equal(parse(text), null, JSON.stringify(text));
  });
});
