import assert from 'node:assert/strict';
import { release } from 'node:os';
import { capabilityIds } from '../../native-host/protocol';
import { capabilityTable } from '../support/capabilityTable';
import { procfs } from '../support/procfs';
import { skipBecause } from '../support/results';
import { withHost } from '../support/withHost';

const series = /^\d+\.\d+/.exec(release())?.[0] ?? '';
const isRoot = process.getuid?.() === 0;

/** Of the machine's first namespaces, as each kernel numbers them (linux/proc_ns.h). */
const first = { pid: '4026531836', user: '4026531837' } as const;

/** The page is about kernels, not about containers. */
function isContained(): boolean {
  const [filters] = procfs.status(process.pid, 'Seccomp') ?? [];
  const types = ['pid', 'user'] as const;
  return filters !== '0' || types.some((type) => procfs.namespace('self', type) !== first[type]);
}

describe(`the table of capabilities in docs/kernel.md, for Linux ${series}`, () => {
  const said = capabilityTable(series) ?? new Map<string, string>();

  before(function () {
    if (said.size === 0) skipBecause(this, `docs/kernel.md has no column for Linux ${series}`);
    if (isContained()) skipBecause(this, 'a container lies between the kernel and us');
  });

  it('names each capability', () => {
    assert.deepEqual([...said.keys()].sort(), [...capabilityIds].sort());
  });

  it('says what this kernel has, no more and no less', () =>
    withHost(({ initialized: { capabilities } }) => {
      const found = capabilities.map(({ id, available }) => [id, available]);
      const promised = [...said].map(([id, cell]) => [
        id,
        cell === 'yes' || (cell === 'root' && isRoot),
      ]);
      assert.deepEqual(Object.fromEntries(found), Object.fromEntries(promised));
      return Promise.resolve();
    }));
});
