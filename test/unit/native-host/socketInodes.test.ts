import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ProcessOpener } from '../../../native-host/process/processOpener';
import { ProcRoot } from '../../../native-host/procfs/procRoot';
import { inodesOf } from '../../../native-host/sockets/socketInodes';

describe('the sockets of a held process', () => {
  it('are gone with it, and are not called unsupported', async () => {
    using root = ProcRoot.open();
    const child = spawn('/usr/bin/sleep', ['60']);
    await once(child, 'spawn');
    using process = new ProcessOpener('inode', root).byNumber(child.pid ?? 0);
    assert.ok('value' in inodesOf(root, process));
    child.kill(); // our own, not collected yet
    await once(child, 'exit');
    assert.deepEqual(inodesOf(root, process), { unknown: 'gone' });
  });
});
