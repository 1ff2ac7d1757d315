import assert from 'node:assert/strict';
import { PidNamespaceFds } from '../../../native-host/namespaces/pidNamespaceFds';
import { Translator } from '../../../native-host/namespaces/translator';
import type { PidFd } from '../../../native-host/process/pidFd';
import type { ProcessOpener } from '../../../native-host/process/processOpener';
import { ProcRoot } from '../../../native-host/procfs/procRoot';

describe('Translator', () => {
  for (const ioctls of [true, false]) {
    it(`keeps no descriptor of whom it cannot judge, by ${ioctls ? 'ioctl' : 'scan'}`, () => {
      using root = ProcRoot.open();
      let open = 0;
      const unjudged = () => {
        throw new Error('no answer');
      };
      const tryNumber = (pid: number) => {
        open++;
        return { pid, isReaped: unjudged, numbers: unjudged, [Symbol.dispose]: () => void open-- };
      };
      const opener = { tryNumber } as unknown as ProcessOpener;
      const namespaces = new PidNamespaceFds(opener, root);
      const other = Object.assign(Object.create(namespaces) as PidNamespaceFds, {
        own: () => root.open('self/ns/net'), // so that ours is another one, and is searched
      });
      const translator = new Translator(opener, root, ioctls ? namespaces : other, {
        ...{ ioctls, showsAll: true },
      });
      using namespace = namespaces.own();
      let found: PidFd | null = null;
      assert.throws(() => (found = translator.findIn(namespace, process.pid)), /no answer|ENOTTY/);
      assert.equal(found, null);
      assert.equal(open, 0);
    });
  }
});
