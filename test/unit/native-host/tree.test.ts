import assert from 'node:assert/strict';
import { Tree, type TreeSources } from '../../../native-host/tree/tree';
import { fork, played } from './playedLineage';

const [top, root] = [10, 20];

describe('a tree', () => {
  it('is not at rest when one that was opened ended before it was read, and had made another', async () => {
    const { queue, lineage } = played();
    lineage.begin(root, new Map([[root, top]]));
    queue.push(fork(root, 31));
    const gone = new Set<number>();
    const tree = new Tree({
      lineage,
      reader: {},
      opener: {
        tryNumber: (pid: number) => {
          if (gone.has(pid)) return null;
          if (pid === 31) queue.push(fork(31, 32));
          return { pid, isReaped: () => gone.has(pid), [Symbol.dispose]: () => undefined };
        },
      },
      rows: {
        readOpened: ({ pid }: { pid: number }) => {
          if (pid === root || pid === 33) return Promise.resolve({ pid });
          gone.add(pid);
          if (pid === 32) queue.push(fork(32, 33));
          return Promise.resolve(null);
        },
      },
    } as unknown as TreeSources);
    assert.equal(await tree.addAnnounced(), true);
    assert.deepEqual(
      tree.members.map(({ process }) => process.pid),
      [root, 33],
    );
  });
});
