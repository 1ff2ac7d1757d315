import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import type { TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { rejectsWith } from '../support/rejectsWith';
import { onlyRoot } from '../support/results';
import { withHost } from '../support/withHost';

const file = '/proc/sys/kernel/pid_max';
const { SIGTERM } = constants.signals;

/** The next child that is given that number because all others before it have been given out again. */
async function forkUntil(parent: Actor, pid: number): Promise<Actor> {
  for (let tries = 0; tries < 2000; tries++) {
    const child = await parent.fork();
    if (child.pid === pid) return child;
    child.exit(0);
    await parent.reap(child);
  }
  throw new Error(`the numbers did not come round to ${pid}`);
}

describe('numbers that come round by themselves', () => {
  const highest = readFileSync(file, 'utf8');
  before(function () {
    onlyRoot(this, 'sets the highest PID');
    writeFileSync(file, '600'); // RESERVED_PIDS is 300, include/linux/pid.h
  });
  after(() => process.getuid?.() === 0 && writeFileSync(file, highest));

  it('lead to nobody but their first owner', () =>
    withHost(async ({ host }) => {
      const parent = await Actor.start();
      const victim = await parent.fork();
      const { key } = await host.request('processes/find', { pid: victim.pid });
      victim.exit(0);
      await parent.reap(victim);
      const impostor = await forkUntil(parent, victim.pid);
      await impostor.ask('handle', SIGTERM);
      await rejectsWith('Gone', host.request('signal/send', { key, signal: SIGTERM }));
      const token = 'victim' as TargetToken;
      await rejectsWith('Gone', host.request('target/hold', { token, key }));
      await rejectsWith('Gone', host.request('processes/details', { key }));
      assert.equal(await impostor.askNumber('felt'), 0);
      const { rows } = await host.request('processes/list', null);
      const row = rows.find(({ pid }) => pid === victim.pid);
      assert.ok(row && row.key !== key, 'it is another row');
    }));
});
