import assert from 'node:assert/strict';
import { Census } from '../../../native-host/namespaces/inventory/census';
import { MemberReader } from '../../../native-host/namespaces/inventory/reading';
import { ProcessOpener } from '../../../native-host/process/processOpener';
import { ProcRoot } from '../../../native-host/procfs/procRoot';
import { Users } from '../../../native-host/procfs/users';
import type { ProcessKey } from '../../../native-host/protocol';
import { row } from '../views/rows';

const namer = { find: () => Promise.resolve(null) };

/** Counts what is opened. */
class CountingOpener extends ProcessOpener {
  opened = 0;

  override tryNumber(pid: number) {
    this.opened++;
    return super.tryNumber(pid);
  }
}

describe('Census', () => {
  /** Of ourselves, read once; then read again, as the same process or as one that had our number before. */
  const readAgain = (hearsOfEnds: boolean, change?: (key: ProcessKey) => ProcessKey) => {
    using root = ProcRoot.open();
    const opener = new CountingOpener('inode', root);
    using self = opener.byNumber(process.pid);
    const own = { ...row(process.pid), key: self.key, parentKey: null };
    const reader = new MemberReader(root, opener);
    using census = new Census(root, reader, new Users(), namer, [own], () => hearsOfEnds);
    census.takeNews();
    if (change) census.apply({ added: [], changed: [], removed: [own.key] });
    if (change)
      census.apply({ added: [{ ...own, key: change(own.key) }], changed: [], removed: [] });
    opener.opened = 0;
    census.readNext();
    return { opened: opener.opened, news: census.takeNews() };
  };

  it('opens nobody who is found where he was, where the kernel tells of ends', () => {
    assert.equal(readAgain(true).opened, 0);
    assert.equal(readAgain(false).opened, 1);
  });

  it('lends nothing new to a key that has lost its number', () => {
    for (const hearsOfEnds of [true, false]) {
      const { news } = readAgain(hearsOfEnds, (key) => `${key}1` as ProcessKey);
      assert.deepEqual(news.members, []);
    }
  });
});
