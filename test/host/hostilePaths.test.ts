// Executables, folders and cgroups have whatever names somebody gives them. The kernel refuses a line feed in the last.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Actor } from '../support/actor';
import { buildFixtures } from '../support/buildFixtures';
import { children } from '../support/children';
import { InventoryView } from '../support/inventoryView';
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
