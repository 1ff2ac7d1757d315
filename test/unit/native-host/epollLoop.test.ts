import assert from 'node:assert/strict';
import { EPOLLIN } from '../../../native-host/kernel/constants';
import { EpollLoop, type Watch } from '../../../native-host/kernel/epollLoop';
import { openFile } from '../../../native-host/kernel/files';

/** proc_pid_mounts(5): it can be polled, and there is always something to read. */
const readable = () => openFile('/proc/self/mounts');

describe('a loop in which a watcher fails', () => {
  it('says so, serves the others in the same turn, and goes on', async () => {
    using failing = readable();
    using serving = readable();
    const faults: unknown[] = [];
    const loop = new EpollLoop((error) => faults.push(error));
    const watches: Watch[] = [];
    let served = 0;
    await new Promise<void>((resolve) => {
      const fail = () => {
        throw new Error(`failure ${faults.length}`);
      };
      const serve = () => ++served === 3 && resolve();
      watches.push(loop.watch(failing, EPOLLIN, fail), loop.watch(serving, EPOLLIN, serve));
    });
    for (const watch of watches) watch[Symbol.dispose]();
    await loop.stop();
    assert.deepEqual(faults.slice(0, 2).map(String), ['Error: failure 0', 'Error: failure 1']);
  });
});
