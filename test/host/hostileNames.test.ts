import assert from 'node:assert/strict';
import type { ProcessRow } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import type { HostClient } from '../support/hostClient';
import { procfs } from '../support/procfs';
import { wordy } from '../support/wordy';
import { withHost } from '../support/withHost';

async function listed(host: HostClient, actor: Actor): Promise<ProcessRow> {
  const { rows } = await host.request('processes/list', null);
  const found = rows.filter(({ pid }) => pid === actor.pid);
  assert.equal(found.length, 1);
  return found[0] as ProcessRow;
}

/** The kernel cuts comm at 15 bytes. */
const names = [
  'a\nb\nPid:\t1\nx',
  ') R 1 (',
  ') R 1 1 1 0 -1',
  '((((',
  '))))',
  ' ',
  '',
  '\t\x1b[31mred',
  '<b>$(x)</b>',
  '%s%n%d',
  '__proto__',
  '日本語日本',
];

describe('hostile names', () => {
  it('in comm come back as data', () =>
    withHost(async ({ host }) => {
      const actor = await children.own();
      for (const name of names) {
        await actor.ask('comm', name);
        await children.fallsAsleep(actor.pid);
        const row = await listed(host, actor);
        assert.equal(row.comm, name);
        assert.equal(row.ppid, process.pid);
        assert.equal(row.state, 'S');
        assert.equal((await host.request('processes/details', { key: row.key })).row.comm, name);
      }
    }));

  it('in comm say nothing of its user, its numbers or its debugger', () =>
    withHost(async ({ host }) => {
      const actor = await children.own();
      const preflight = async () => {
        const { key } = await listed(host, actor);
        const said = await host.request('attach/preflight', { key });
        return { ...said, row: { ...said.row, comm: '' } };
      };
      const before = await preflight();
      for (const name of ['\rUid:\t7\t7\t7', '\rNSpid:\t1\t7', '\rTracerPid:\t1']) {
        await actor.ask('comm', name);
        assert.deepEqual(await preflight(), before, JSON.stringify(name));
      }
    }));

  it('a comm that is no UTF-8 loses only the bytes that are none', () =>
    withHost(async ({ host }) => {
      const actor = await children.own();
      await actor.ask('comm', Buffer.from('a\xff\xfeb', 'latin1'));
      const { comm, ppid } = await listed(host, actor);
      assert.match(comm, /^a.+b$/su);
      assert.equal(ppid, process.pid);
    }));

  it('arguments are split at NUL alone and keep empty ones', () =>
    withHost(async ({ host }) => {
      const actor = await children.own();
      const args = ['', 'two words', 'new\nline', '"quoted"', '\x1b]0;title\x07', '', '$(x)', 'é'];
      await actor.exec(buildFixtures().actor, ...args);
      const row = await listed(host, actor);
      assert.deepEqual(row.args, args);
      assert.equal(row.argsCut, false);
      const { args: full } = await host.request('processes/details', { key: row.key });
      assert.deepEqual(full, { value: args });
    }));

  it('two megabytes of arguments are cut, and said to be', () =>
    withHost(async ({ host }) => {
      using big = await wordy('first');
      const row = await host.request('processes/find', { pid: big.pid });
      assert.deepEqual(row.args.slice(0, 5), ['/bin/sh', '-c', 'read end', 'sh', 'first']);
      assert.ok(row.argsCut && JSON.stringify(row).length < 10_000);
      const details = await host.request('processes/details', { key: row.key });
      assert.ok(details.argsCut && JSON.stringify(details).length < 300_000);
      const { rows } = await host.request('processes/list', null);
      assert.deepEqual(rows.find(({ key }) => key === row.key)?.args, row.args);
    }));

  it('an argument that is no UTF-8 does not disturb its neighbours', () =>
    withHost(async ({ host }) => {
      const actor = await children.own();
      await actor.exec(buildFixtures().actor, 'x', Buffer.from([0xff, 0xc3, 0x28, 0x80]), 'y');
      const { args } = await listed(host, actor);
      assert.equal(args.length, 3);
      assert.deepEqual([args[0], args[2]], ['x', 'y']);
    }));

  it('a command line of 1 MB is cut, and said to be', () =>
    withHost(async ({ host }) => {
      const actor = await children.own();
      await actor.ask('bulk', buildFixtures().actor, 16, 65_536);
      const row = await listed(host, actor);
      assert.equal(row.argsCut, true);
      assert.ok(row.args.join(' ').length <= 4096);
      assert.ok(row.args.join(' ').length > 2048);
      const details = await host.request('processes/details', { key: row.key });
      assert.equal(details.argsCut, true);
      assert.ok('value' in details.args);
      const length = details.args.value.join(' ').length;
      assert.ok(length <= 262_144 && length > 131_072, `${length} characters`);
    }));

  it('none of them hides another process', () =>
    withHost(async ({ host }) => {
      const parent = await children.own();
      for (const name of names.slice(0, 8)) await (await parent.fork()).ask('comm', name);
      const { rows } = await host.request('processes/list', null);
      const ours = rows.filter(({ ppid }) => ppid === parent.pid).map(({ pid }) => pid);
      assert.deepEqual(ours.sort(), procfs.children(parent.pid).sort());
      assert.equal(ours.length, 8);
    }));
});
