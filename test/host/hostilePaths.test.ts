// Executables, folders and cgroups have whatever names somebody gives them. The kernel refuses a line feed in the last.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import { InventoryView } from '../support/inventoryView';
import { NodeProgram } from '../support/nodeProgram';
import { OwnCgroup } from '../support/ownCgroup';
import { withHost } from '../support/withHost';

const names = [
  'a\nb\r\u2028c',
  '\x1b[31m\x1b]0;title\x07',
  '\u202egnp.exe',
  '$(trash) ${env:HOME} `id`',
  '[x](command:a) **b** <img src=x>',
  'x (deleted)',
  ' ',
  '__proto__',
];

/** A program in a folder that no path leads to: only step by step, and so it is taken away. */
const startsDeepBelow = `
  const fs = require('fs');
  process.chdir(process.env.TMPDIR);
  const step = 'd'.repeat(200);
  for (let depth = 0; depth < 25; depth++) {
    fs.mkdirSync(step);
    process.chdir(step);
  }
  fs.copyFileSync('/usr/bin/sleep', 'deep');
  const child = require('child_process').spawn('./deep', ['60'], { stdio: 'ignore' });
  process.on('exit', () => {
    child.kill();
    fs.unlinkSync('deep');
    for (let depth = 0; depth < 25; depth++) {
      process.chdir('..');
      fs.rmdirSync(step);
    }
  });
  child.once('spawn', () => console.log(child.pid));
`;

describe('hostile paths', () => {
  let folder: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'pidfd-paths-'));
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  it('of executables and folders come back as data', () =>
    withHost(async ({ host }) => {
      for (const name of names) {
        const [cwd, actor] = [join(folder, name), await children.own()];
        const exe = join(cwd, name);
        mkdirSync(cwd);
        copyFileSync(buildFixtures().actor, exe);
        await actor.exec(exe, 'x');
        await actor.ask('chdir', cwd);
        const row = await host.request('processes/find', { pid: actor.pid });
        const details = await host.request('processes/details', { key: row.key });
        assert.deepEqual([row.exe, row.args], [exe, ['x']]);
        assert.deepEqual([details.exe, details.cwd], [{ value: exe }, { value: cwd }]);
        assert.equal(details.exeDeleted, false);
      }
    }));

  it('of more than a page hide nobody else', () =>
    withHost(async ({ host }) => {
      await using deep = await NodeProgram.start({ env: { TMPDIR: folder } }, startsDeepBelow);
      const pid = Number(await deep.line());
      const { rows } = await host.request('processes/subscribe', null);
      const row = rows.find((one) => one.pid === pid);
      assert.deepEqual([row?.comm, row?.exe], ['deep', null]);
      const { exe, cwd } = await host.request('processes/details', { key: row!.key });
      assert.deepEqual([exe, cwd], [{ unknown: 'unsupported' }, { unknown: 'unsupported' }]);
      for (const method of [
        'processes/refresh',
        'processes/list',
        'processes/unsubscribe',
      ] as const)
        await host.request(method, null);
      await host.request('processes/folders', { keys: [row!.key] });
      await host.request('sockets/listening', { keys: null });
    }));

  it('that are no UTF-8 lose only the bytes that are none', () =>
    withHost(async ({ host }) => {
      const exe = Buffer.concat([
        Buffer.from(`${folder}/a`),
        Buffer.from([0xff, 0xfe]),
        Buffer.from('b'),
      ]);
      copyFileSync(buildFixtures().actor, exe);
      const actor = await children.own();
      await actor.ask('exec', exe, 'x');
      const row = await host.request('processes/find', { pid: actor.pid });
      assert.match(row.exe ?? '', /\/a\ufffd+b$/);
    }));

  it('of cgroups come back as data, and say nothing of anybody else', async function () {
    const name = `pidfd-explorer-${process.pid}\r0::\x1b[31m\u2028\u202e$(x)[y](command:z)<b>`;
    await using cgroup = OwnCgroup.make(this, name);
    const actor = await children.own();
    try {
      cgroup.add(actor.pid);
      await withHost(async ({ host }) => {
        const view = await InventoryView.subscribe(host);
        const isRead = () => view.member(actor.pid)?.cgroup?.endsWith(`/${name}`);
        await view.until('it is not presumed any more, but read', isRead, 20_000);
      });
    } finally {
      await Actor.endAll(); // else the cgroup could not go
    }
  });
});
