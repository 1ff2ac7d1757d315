import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { roundTrip } from '../../extension/quickPicks/roundTrip';
import { ShownList } from '../../extension/quickPicks/shownList';

const accept = () => vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');

const rows = (...labels: string[]): vscode.QuickPickItem[] => labels.map((label) => ({ label }));

describe('a list that is replaced while it is open', () => {
  let quickPick: vscode.QuickPick<vscode.QuickPickItem>;
  let list: ShownList<vscode.QuickPickItem>;
  let arrived: () => void = () => undefined;
  const arrival = () => new Promise<void>((resolve) => (arrived = resolve));
  const active = () => new Promise<void>((resolve) => quickPick.onDidChangeActive(() => resolve()));
  const accepted = () =>
    new Promise<vscode.QuickPickItem | undefined>((resolve) => {
      quickPick.onDidAccept(() => resolve(quickPick.selectedItems[0]));
    });

  beforeEach(async () => {
    quickPick = vscode.window.createQuickPick();
    const isSame = (one: vscode.QuickPickItem, other: vscode.QuickPickItem) =>
      one.label === other.label;
    list = new ShownList(quickPick, isSame, roundTrip, () => arrived());
    list.replace(rows('first', 'second', 'third'));
    const there = Promise.all([arrival(), active()]);
    quickPick.show();
    await there;
  });

  afterEach(() => quickPick.dispose());

  /** The window is told of Enter before it is told of the list: as if somebody had pressed it just then. */
  async function acceptWhileReplaced(labels: string[]) {
    const [chosen, there] = [accepted(), arrival()];
    list.replace(rows(...labels));
    void accept();
    const given = await chosen;
    assert.ok(given);
    return { given: given.label, isSure: list.isSure(given), there };
  }

  it('knows that whom VS Code hands over may be another than the one that was chosen', async () => {
    const { given, isSure, there } = await acceptWhileReplaced(['newcomer', 'first', 'second']);
    assert.equal(given, 'newcomer'); // and "first" was under the cursor
    assert.equal(isSure, false);
    await there;
    const again = accepted();
    await accept();
    assert.equal(list.isSure((await again)!), true);
  });

  it('is sure of a row that has kept its place', async () => {
    const { given, isSure, there } = await acceptWhileReplaced(['first', 'newcomer']);
    assert.deepEqual({ given, isSure }, { given: 'first', isSure: true });
    await there;
  });

  it('is sure again only when the last of several lists has arrived', async () => {
    list.replace(rows('one', 'first'));
    const there = arrival();
    list.replace(rows('two', 'one', 'first'));
    assert.equal(list.isOnItsWay, true);
    assert.equal(list.isSure(quickPick.items[0]!), false);
    await there;
    assert.equal(list.isOnItsWay, false);
    assert.equal(list.isSure(quickPick.items[0]!), true);
  });
});
