// Last of all files here: from 3 there is no way back (security/yama/yama_lsm.c).
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { preflights } from '../support/preflights';
import { onlyRoot } from '../support/results';
import { someone } from '../support/sandbox';
import { withHost } from '../support/withHost';

const file = '/proc/sys/kernel/yama/ptrace_scope';

/** Whom Yama lets in, of a user's own processes. */
const scopes = [
  { scope: 0, user: [], root: [] },
  { scope: 1, user: ['yama'], root: [] },
  { scope: 2, user: ['yama'], root: [] },
  { scope: 3, user: ['yama'], root: ['yama'] },
] as const;

describe('the attach preflight under Yama', () => {
  before(function () {
    onlyRoot(this, 'sets what all processes may do');
  });

  for (const { scope, user, root } of scopes) {
    it(`says with ptrace_scope ${scope} what a debugger meets`, async () => {
      writeFileSync(file, String(scope));
      assert.equal(readFileSync(file, 'utf8').trim(), String(scope));
      const target = await preflights.ordinary();
      await withHost(async ({ host }) => {
        const { reasons } = await preflights.agree(host, target.pid, user, someone);
        for (const reason of reasons) {
          assert.deepEqual(reason, { kind: 'yama', scope, descends: false });
        }
      }, someone);
      await withHost(async ({ host }) => {
        await preflights.agree(host, target.pid, root);
      });
    });
  }
});
