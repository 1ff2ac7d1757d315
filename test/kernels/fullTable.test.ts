import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { rejectsWith } from '../support/rejectsWith';
import { onlyRoot } from '../support/results';
import { trees } from '../support/trees';
import { withHost } from '../support/withHost';

const file = '/proc/sys/kernel/pid_max';
const { SIGUSR1 } = constants.signals;

/** fork(2): EAGAIN, "on attempts to create more processes than pid_max". */
const isFull = (): boolean =>
  (spawnSync('true').error as NodeJS.ErrnoException | undefined)?.code === 'EAGAIN';

describe('a machine that has no number left', () => {
  const highest = readFileSync(file, 'utf8');
  before(function () {
    onlyRoot(this, 'sets the highest PID');
    writeFileSync(file, '600');
  });
  after(() => process.getuid?.() === 0 && writeFileSync(file, highest));

  it('is listed and signalled, and whoever would have to be started is said to be missing', () =>
    withHost(async ({ host }) => {
      const other = await Actor.start();
      await other.ask('handle', SIGUSR1);
      const root = await Actor.start();
      await root.ask('storm', 61234, 1000);
      await eventually('no number is left', isFull, 10_000);
      const { rows } = await host.request('processes/list', null);
      const key = rows.find(({ pid }) => pid === other.pid)?.key ?? assert.fail('it is listed');
      await host.request('signal/send', { key, signal: SIGUSR1 });
      await eventually('it is felt', async () => (await other.askNumber('felt')) === 1);
      const { token, gracefully: steps } = trees;
      await rejectsWith('Exhausted', host.request('tree/stop', { token, key, steps }));
      assert.equal(trees.isStopped(other.pid), false);
    }));
});
