import assert from 'node:assert/strict';
import type { ReadableProcess } from '../../../native-host/process/pidFd';
import type { SlowReads } from '../../../native-host/procfs/slowReads';
import { GoPrograms } from '../../../native-host/table/goPrograms';

const head = Buffer.from('\x7fELF and more\x04\0\0\0Go\0\0', 'latin1');

/** Programs of a machine where every path leads to one of Go, and which paths were asked for. */
function looking(pathOf: (path: string) => string | null) {
  const asked: string[] = [];
  const readPath = (path: string) => (asked.push(path), Promise.resolve(head));
  const programs = new GoPrograms({ readPath } as unknown as SlowReads, { pathOf });
  const process = { pid: 7, isReaped: () => false } as ReadableProcess;
  return { asked, isGo: () => programs.isGo(process, '/bin/x') };
}

describe('programs of Go', () => {
  it('are found by their executable, which is read once', async () => {
    const { asked, isGo } = looking((path) => `/proc/${path}`);
    assert.deepEqual([await isGo(), await isGo()], [true, true]);
    assert.deepEqual(asked, ['/proc/7/exe']);
  });

  it('are not looked for in the procfs of others, where the number is somebody else’s', async () => {
    const { asked, isGo } = looking(() => null);
    assert.equal(await isGo(), false);
    assert.deepEqual(asked, []);
  });
});
