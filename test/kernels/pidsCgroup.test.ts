import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { rejectsWith } from '../support/rejectsWith';
import { onlyRoot } from '../support/results';
import { trees } from '../support/trees';
import { withHost } from '../support/withHost';

const top = '/sys/fs/cgroup';
const folder = `${top}/pidfd-explorer`;
const read = (name: string) => readFileSync(`${folder}/${name}`, 'utf8').trim();
const write = (name: string, value: number | string) =>
  writeFileSync(`${folder}/${name}`, String(value));

/** A command that runs its arguments in the cgroup. */
const inside = ['sh', '-c', `echo $$ > ${folder}/cgroup.procs; exec "$@"`, 'sh'];

/** No cgroup v1 beside it, as on every newer distribution. */
describe('a cgroup with a limit of processes', () => {
  before(function () {
    onlyRoot(this, 'makes cgroups');
    writeFileSync(`${top}/cgroup.subtree_control`, '+pids');
    mkdirSync(folder);
  });

  after(() => {
    if (existsSync(folder)) rmdirSync(folder);
  });

  it('holds a storm of forks, which is stopped to its last', () =>
    withHost(async ({ host }) => {
      const root = await Actor.start();
      write('pids.max', 40);
      write('cgroup.procs', root.pid);
      await root.ask('storm', 61234, 1000);
      await eventually('the storm fills it', () => Number(read('pids.current')) === 40);
      await trees.stop(host, root);
      await eventually('none is left', () => read('cgroup.procs') === '');
    }));

  it('keeps the host from starting anything: it says so, and stops nobody', () =>
    withHost(async ({ host }) => {
      const root = await Actor.start();
      const { key } = await host.request('processes/find', { pid: root.pid });
      write('pids.max', read('pids.current'));
      const steps = trees.gracefully;
      await rejectsWith('Exhausted', host.request('tree/stop', { token: trees.token, key, steps }));
      assert.equal(trees.isStopped(root.pid), false);
      write('pids.max', 'max');
      await trees.stop(host, root);
    }, inside));
});
