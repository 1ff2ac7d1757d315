import assert from 'node:assert/strict';
import { parsePasswd } from '../../../native-host/procfs/users';

describe('parsePasswd', () => {
  it('takes the first name of a uid and skips what is no entry', () => {
    const names = parsePasswd(
      'root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:\n\n# note\nann:x:1000:1000::/:\n',
    );
    assert.deepEqual(
      [...names],
      [
        [0, 'root'],
        [1000, 'ann'],
      ],
    );
  });

  it('takes no name from comments and entries of NIS, and no number from what is none', () => {
    const others = ['#old:x:7:7::/:', '+nis:x:7:7::/:', '-nis:x:7:7::/:', 'a:x:7e0:7::/:'];
    const names = parsePasswd([...others, 'b:x::7::/:', 'me:x:7:7::/:', ''].join('\n'));
    assert.deepEqual([...names], [[7, 'me']]);
  });
});
