import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import {
  colors,
  contextKeys,
  documentScheme,
  generalCommands,
  namespaceCommands,
  pickerCommands,
  rowCommands,
  rowMenus,
  settingFits,
  sortCommands,
  sortedCommands,
  targetCommands,
  titleMenus,
  viewContainer,
  views,
} from '../../../extension/contributions';

interface MenuEntry {
  command?: string;
  submenu?: string;
  when?: string;
  group?: string;
}

interface Manifest {
  capabilities: unknown;
  contributes: {
    commands: { command: string; title: string }[];
    viewsContainers: { activitybar: { id: string }[] };
    views: Record<string, { id: string }[]>;
    viewsWelcome: { view: string; contents: string; when: string }[];
    colors: { id: string }[];
    submenus: { id: string; label: string }[];
    menus: Record<string, MenuEntry[]>;
    configuration: {
      properties: Record<
        string,
        { markdownDescription: string; scope: string; default: unknown; enum?: string[] }
      >;
    };
    walkthroughs: { steps: { description: string; media: { svg: string } }[] }[];
  };
}

const root = path.resolve(__dirname, '../../../..');
const manifestText = fs.readFileSync(path.join(root, 'package.json'), 'utf8');
const manifest = JSON.parse(manifestText) as Manifest;
const nlsText = fs.readFileSync(path.join(root, 'package.nls.json'), 'utf8');
const nls = JSON.parse(nlsText) as Record<string, string>;
const { contributes } = manifest;

const sorted = (values: readonly string[]) => [...values].sort();
const onRows: string[] = [rowCommands, targetCommands, namespaceCommands].flatMap((ids) =>
  Object.values<string>(ids),
);
const typedCommands = [
  ...onRows,
  ...Object.values<string>(pickerCommands),
  ...Object.values<string>(generalCommands),
  ...Object.values<string>(sortCommands),
  ...Object.values<string>(sortedCommands),
];

describe('contributions', () => {
  it('declare the same commands as package.json', () => {
    assert.deepEqual(sorted(contributes.commands.map((c) => c.command)), sorted(typedCommands));
  });

  it('declare the same views and container as package.json', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [viewContainer],
    );
    assert.deepEqual(
      sorted(contributes.views[viewContainer]!.map(({ id }) => id)),
      sorted(Object.values(views)),
    );
  });

  it('declare the same settings as package.json, each described', () => {
    const { properties } = contributes.configuration;
    assert.deepEqual(sorted(Object.keys(properties)), sorted(Object.keys(settingFits)));
    for (const property of Object.values(properties))
      assert.match(property.markdownDescription, /^%/);
  });

  it('take of a setting what package.json declares, and nothing else', () => {
    for (const [name, fits] of Object.entries(settingFits)) {
      const { default: usual, enum: values = [] } = contributes.configuration.properties[name]!;
      for (const value of [usual, ...values]) assert.ok(fits(value), `${name}: ${String(value)}`);
      if (name === 'pidfd.stopSequence') continue; // it is said what is wrong with it
      const others = [null, undefined, 7, ...values.flatMap((value) => [`${value} `, [value]])];
      for (const other of others) assert.ok(!fits(other), `${name}: ${String(other)}`);
    }
  });

  it('use typed context keys only, and each of them', () => {
    const whens = [...Object.values(contributes.menus).flat(), ...contributes.viewsWelcome].map(
      (e) => e.when,
    );
    const used = whens.flatMap((when) => when?.match(/pidfd\.\w+/g) ?? []);
    const ids = [...Object.values<string>(views)];
    assert.deepEqual(
      sorted([...new Set(used.filter((name) => !ids.includes(name)))]),
      sorted(contextKeys),
    );
  });

  it('declare the same colours as package.json', () => {
    assert.deepEqual(sorted(contributes.colors.map(({ id }) => id)), sorted(Object.values(colors)));
  });

  it('offer in menus only commands that exist', () => {
    for (const { command, submenu } of Object.values(contributes.menus).flat()) {
      assert.ok(submenu !== undefined || typedCommands.includes(command ?? ''), command);
    }
  });

  it('declare the same submenus as package.json, each in a menu and with entries', () => {
    const ids = [...Object.values<string>(rowMenus), ...Object.values<string>(titleMenus)];
    assert.deepEqual(sorted(contributes.submenus.map(({ id }) => id)), sorted(ids));
    const used = Object.values(contributes.menus).flatMap((entries) =>
      entries.flatMap(({ submenu }) => submenu ?? []),
    );
    assert.deepEqual(sorted(used), sorted(ids));
    for (const id of ids) assert.ok((contributes.menus[id] ?? []).length > 1, id);
  });

  it('keep the menu of a row short', () => {
    const entries = contributes.menus['view/item/context']!.filter(
      ({ group, when }) => /\\b(living|signalable)\\b/.test(when!) && !group!.startsWith('inline'),
    );
    assert.ok(entries.length <= 13, `${entries.length} entries`); // Pause and Continue never stand together
  });

  it('hide every row command from the palette', () => {
    const hidden = contributes.menus['commandPalette']!.filter(({ when }) => when === 'false');
    const names = hidden.map(({ command }) => command);
    for (const id of onRows) assert.ok(names.includes(id), id);
  });

  it('put only row commands on rows, and no row command anywhere else', () => {
    const ofRows: string[] = ['view/item/context', ...Object.values(rowMenus)];
    for (const [menu, entries] of Object.entries(contributes.menus)) {
      if (menu === 'commandPalette') continue;
      for (const { command } of entries) {
        if (command === undefined) continue;
        assert.equal(onRows.includes(command), ofRows.includes(menu), `${command} in ${menu}`);
      }
    }
  });

  it('run only commands that exist from welcome texts and the walkthrough', () => {
    const known = new Set([...typedCommands, ...Object.values(views).map((id) => `${id}.focus`)]);
    for (const [, command] of nlsText.matchAll(/\(command:(pidfd[\w.]+)/g))
      assert.ok(known.has(command!), command);
  });

  it('take every text from package.nls.json, and leave none there unused', () => {
    const used = [...manifestText.matchAll(/"%([\w.]+)%"/g)].map((match) => match[1]!);
    assert.deepEqual(sorted([...new Set(used)]), sorted(Object.keys(nls)));
  });

  it('ship the pictures of the walkthrough', () => {
    const steps = contributes.walkthroughs.flatMap((walkthrough) => walkthrough.steps);
    assert.equal(steps.length, 3);
    for (const { media } of steps) assert.ok(fs.existsSync(path.join(root, media.svg)), media.svg);
  });

  it('name a scheme that is a scheme', () => {
    assert.match(documentScheme, /^[a-z]+$/);
  });
});
