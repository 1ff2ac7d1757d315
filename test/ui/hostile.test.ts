import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { Actor } from '../support/actor';
import { namespaces } from '../support/namespaces';
import { Sandbox } from '../support/sandbox';
import { wordy } from '../support/wordy';
import { startWorkbench, type Workbench } from './driver';
import { patiently, soon } from './patiently';
import { become, forkAs, startAs } from './programs';
import { answer, entry, fill, quickInput } from './quickInput';
import { NamespacesTree, ProcessesTree, TargetsTree } from './tree';

/** The kernel cuts a name at 15 bytes. Each is what somebody on the way to the screen gives a meaning to. */
const names: readonly (readonly [name: string, shown: string])[] = [
  ['$(trash)\x1b[31m', '$(trash)\\e[31m'],
  ['[x](command:a)', '[x](command:a)'],
  ['<img src=x>', '<img src=x>'],
  ['\u202egnp.exe', '⟨U+202E⟩gnp.exe'],
  ['**b**\n${HOME}', '**b**\\n${HOME}'],
];

const closesWindow = '[Show more](command:workbench.action.closeWindow)';

/** Arguments of all: links, pictures, scripts, escapes, and more than anybody can read. */
const args = [
  closesWindow,
  '[web](https://example.invalid/)',
  '<img src="https://example.invalid/x.png" onerror="alert(1)">',
  '![x](https://example.invalid/y.png)',
  '$(flame) $(sync~spin)',
  '${env:HOME} ${command:workbench.action.closeWindow} `id`',
  '\x1b]0;title\x07\x1b[2J',
  'a\u202eb\u2066c\u200bd\nline\r\0'.replace('\0', ''),
  'x'.repeat(1000),
];

/** Drawn by us, once there is something to draw. */
const ourPicture = '[src^="data:image/svg+xml;base64,"][alt="Processor and memory"]';

/** What must not have become of any text of theirs. */
async function assertPlain(where: Locator): Promise<void> {
  assert.equal(await where.locator('a[href], a[data-href]').count(), 0, 'links');
  assert.equal(await where.locator(`img:not(${ourPicture})`).count(), 0, 'pictures');
  for (const icon of ['trash', 'flame', 'sync'])
    assert.equal(await where.locator(`.codicon-${icon}`).count(), 0, icon);
  const text = (await where.allTextContents()).join('');
  // eslint-disable-next-line no-control-regex -- controls are what must not be there
  assert.doesNotMatch(text, /[\x00-\x08\x0b-\x1f\u202e\u2066\u200b]/);
}

describe('processes whose names and arguments are hostile', () => {
  const mark = '--mark=hostile';
  let workbench: Workbench;
  let tree: ProcessesTree;
  let parent: Actor;
  let actors: Actor[];

  before(async () => {
    workbench = await startWorkbench({
      settings: { 'workbench.hover.delay': 50, 'pidfd.confirmSignals': 'always' },
    });
    await workbench.openView('Processes');
    tree = new ProcessesTree(workbench);
  });

  beforeEach(async () => {
    parent = await startAs('parent', mark);
    actors = [];
    for (const [name] of names) actors.push(await forkAs(parent, name, mark, ...args));
    await tree.filter(mark);
  });

  afterEach(() => workbench.page.keyboard.press('Escape'));

  after(() => workbench?.stop());

  const [first] = names;

  it('are shown as they are in the tree', async () => {
    for (const [at, [, shown]] of names.entries()) {
      const row = tree.row(actors[at]?.pid ?? 0);
      await row.getByText(shown, { exact: true }).waitFor();
      await assertPlain(row.locator('.monaco-icon-label-container'));
    }
    await workbench.screenshot('hostile-tree');
  });

  it('are shown as they are in the tooltip', async () => {
    const tooltip = workbench.page.locator('.monaco-hover:visible');
    const pid = actors[0]?.pid ?? 0;
    await patiently(async () => {
      await tree.row(parent.pid).hover();
      await tree.row(pid).hover();
      await tooltip.getByText('Show more').first().waitFor(soon);
    });
    await workbench.screenshot('hostile-tooltip');
    await assertPlain(tooltip.locator('.hover-contents'));
    assert.ok(((await tooltip.textContent()) ?? '').includes(closesWindow));
  });

  it('are cut where they have megabytes of arguments', async () => {
    using big = await wordy(mark);
    const tooltip = workbench.page.locator('.monaco-hover:visible');
    await patiently(async () => {
      await tree.row(parent.pid).hover();
      await tree.row(big.pid).hover();
      await tooltip.getByText('read end').first().waitFor(soon);
    });
    await workbench.screenshot('hostile-megabytes');
    assert.ok(((await tooltip.textContent()) ?? '').length < 10_000);
  });

  it('are shown as they are in the picker and in the question', async () => {
    await workbench.command('Pidfd: Terminate Process...');
    await fill(workbench, mark);
    for (const [, shown] of names) await entry(workbench, shown).waitFor();
    await workbench.screenshot('hostile-picker');
    await assertPlain(
      quickInput(workbench).locator('.monaco-list-row .monaco-icon-label-container'),
    );
    await entry(workbench, first?.[1] ?? '').click();
    const question = workbench.page.locator('.monaco-dialog-box');
    await question.getByText(first?.[1] ?? '').waitFor();
    await workbench.screenshot('hostile-question');
    await assertPlain(question.locator('.dialog-message-container'));
    await answer(workbench, 'Cancel');
  });

  it('are shown as they are among the targets and in what is said of their ends', async () => {
    const [, link] = actors;
    assert.ok(link);
    await tree.choose(link.pid, 'Wait > Wait for Exit');
    const row = new TargetsTree(workbench).row(link.pid);
    await row.getByText('waiting since').waitFor();
    await assertPlain(row.locator('.monaco-icon-label-container'));
    link.exit(7);
    await parent.reap(link);
    await workbench.toast(/exited with/).waitFor();
    await workbench.screenshot('hostile-toast');
    await assertPlain(workbench.page.locator('.notification-list-item-message'));
  });

  it('are shown as they are in the status bar', async () => {
    await tree.choose(actors[0]?.pid ?? 0, 'Pin Process');
    const said = workbench.page.locator('.statusbar-item', { hasText: 'Pinned' });
    await said.getByText(first?.[1] ?? '').waitFor();
    await assertPlain(said);
    await workbench.screenshot('hostile-status');
  });

  it('are shown as they are in the titles of terminals', async function () {
    const [init] = await namespaces.nest(this, 1);
    assert.ok(init);
    await become(init, first?.[0] ?? '', mark);
    await patiently(async () => {
      await tree.choose(init.pid, 'Namespaces > Open Terminal Here...');
      await quickInput(workbench).getByRole('button', { name: 'OK' }).click(soon);
      await entry(workbench, 'Root there').click(soon);
    });
    const title = workbench.page.locator('.single-terminal-tab');
    await title.getByText(`namespaces of ${first?.[1] ?? ''}`).waitFor();
    await workbench.screenshot('hostile-terminal');
    assert.equal(await title.locator('.codicon-trash').count(), 0);
    assert.ok(!((await title.textContent()) ?? '').includes('\\$'), 'no backslash is left');
    await workbench.command('Terminal: Kill the Active Terminal Instance'); // else VS Code complains of its end
    await title.waitFor({ state: 'hidden' });
  });

  it('do nothing: the window is there, and has complained of nothing', () => {
    const theirs = /pidfd|example\.invalid|Content Security/i;
    assert.deepEqual(
      workbench.problems.filter((problem) => theirs.test(problem)),
      [],
    );
    assert.ok(!workbench.page.isClosed());
  });
});

describe('a container whose name is hostile', () => {
  const name = '$(trash)[x](command:a)<b>\x1b[31m\u202e';
  const shown = '$(trash)[x](command:a)<b>\\e[31m⟨U+202E⟩';
  let workbench: Workbench;
  let places: NamespacesTree;
  let sandbox: Sandbox;

  before(async function () {
    const bwrap = ['bwrap', '--unshare-all', '--ro-bind', '/', '/', '--proc', '/proc'];
    sandbox = await Sandbox.start(this, [...bwrap, '--hostname', name, '--die-with-parent']);
    workbench = await startWorkbench({ settings: { 'workbench.hover.delay': 50 } });
    await workbench.openView('Processes');
    places = new NamespacesTree(workbench);
    await places.expand();
    await new ProcessesTree(workbench).collapse();
    await places.group('Container');
  });

  after(async () => {
    await sandbox?.[Symbol.asyncDispose]();
    await workbench?.stop();
  });

  it('is shown as it is among the containers, and in its tooltip', async () => {
    const row = places.rows.filter({ hasText: shown }).first();
    await row.waitFor();
    await assertPlain(row.locator('.monaco-icon-label-container'));
    const tooltip = workbench.page.locator('.monaco-hover:visible');
    await patiently(async () => {
      await workbench.page.mouse.move(700, 700);
      await row.hover();
      await tooltip.getByText('by its first process').waitFor(soon);
    });
    await workbench.screenshot('hostile-container');
    await assertPlain(tooltip.locator('.hover-contents'));
  });

  it('is shown as it is where a process is picked', async () => {
    await workbench.command('Attach Debugger to Process...');
    await fill(workbench, String(sandbox.pid), 'Process to debug');
    await entry(workbench, `${sandbox.pid} ·`).getByText(`${shown}:`).waitFor();
    await workbench.screenshot('hostile-container-picked');
    await assertPlain(
      quickInput(workbench).locator('.monaco-list-row .monaco-icon-label-container'),
    );
  });
});
