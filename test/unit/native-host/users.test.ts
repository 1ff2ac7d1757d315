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
});
