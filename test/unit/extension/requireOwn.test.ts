import assert from 'node:assert/strict';
import {
  chmodSync,
  chownSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NothingDone } from '../../../extension/errors';
import { changeable } from '../../../extension/root/changeable';
import { requireOwn } from '../../../extension/root/requireOwn';
import { skipBecause } from '../../support/results';

describe('what root may be given to run', () => {
  let folder: string;
  let script: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pidfd-own-'));
    mkdirSync(join(folder, 'dist/koffi'), { recursive: true, mode: 0o755 });
    script = join(folder, 'dist/native-host.js');
    for (const file of [script, join(folder, 'dist/koffi/koffi.node')]) {
      writeFileSync(file, '', { mode: 0o644 });
      chmodSync(file, 0o644);
    }
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const command = () => ({ program: process.execPath, script, isElectron: false });

  it('is what nobody else can change, also below a folder like /tmp', async () => {
    assert.equal(await changeable(script), null);
    await requireOwn(command());
  });

  it('is no file and no folder that everybody may write', async () => {
    chmodSync(script, 0o666);
    assert.equal(await changeable(script), script);
    chmodSync(script, 0o644);
    chmodSync(join(folder, 'dist'), 0o777);
    assert.equal(await changeable(script), join(folder, 'dist'));
  });

  it('is nothing whose binary beside it may be changed, and says which', async () => {
    chmodSync(join(folder, 'dist/koffi/koffi.node'), 0o666);
    await assert.rejects(requireOwn(command()), (error: Error) => {
      assert.ok(error instanceof NothingDone);
      assert.match(error.message, /koffi\.node.*Nothing was done/);
      return true;
    });
  });

  it('is no link through a folder where others could put another', async () => {
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    symlinkSync(script, join(open, 'link'));
    assert.equal(await changeable(join(open, 'link')), open);
  });

  it('is no link to what lies below a folder that everybody may write', async () => {
    const open = join(folder, 'open');
    mkdirSync(open);
    chmodSync(open, 0o777);
    writeFileSync(join(open, 'target'), '', { mode: 0o644 });
    symlinkSync(join(open, 'target'), join(folder, 'dist/link'));
    assert.equal(await changeable(join(folder, 'dist/link')), realpathSync(open));
  });

  it("is no other user's", async function () {
    if (process.getuid?.() !== 0) skipBecause(this, 'only root gives files away');
    chownSync(script, 4242, 0);
    assert.equal(await changeable(script), script);
  });

  it("is what no group may write but this user's own", async () => {
    const uid = process.getuid!();
    const gid = process.getgid!() || 4242; // root's own is believed in any case, and root may give files away
    chownSync(script, uid, gid);
    const passwd = `me:x:${uid}:${gid}::/:/bin/sh`;
    const own = { uid, passwd, group: `mine:x:${gid}:` };
    const shared = { ...own, group: `ours:x:${gid}:me,other` };
    assert.equal(await changeable(script, shared), null);
    chmodSync(script, 0o664);
    assert.equal(await changeable(script, own), null);
    assert.equal(await changeable(script, shared), script);
  });

  it('is a program that is found', async () => {
    await assert.rejects(requireOwn({ ...command(), program: 'no-such-program' }), NothingDone);
  });
});
