import assert from 'node:assert/strict';
import { revealRow } from '../../../views/revealRow';

/** VS Code's tree, of which only the last of `answers` is true to its word. */
class ForgetfulTree {
  selection: string[] = [];
  asked = 0;

  constructor(private readonly answers: ('forgets' | 'fails' | 'selects')[]) {}

  async reveal(row: string): Promise<void> {
    const answer = this.answers[Math.min(this.asked++, this.answers.length - 1)];
    await Promise.resolve();
    if (answer === 'fails') throw new Error('Data tree node not found');
    if (answer === 'selects') this.selection = [row];
  }
}

describe('revealing a row', () => {
  it('asks once where that does it', async () => {
    const tree = new ForgetfulTree(['selects']);
    assert.equal(await revealRow(tree, () => 'row'), true);
    assert.equal(tree.asked, 1);
  });

  it('asks again where VS Code has forgotten the row, or stumbled over it', async () => {
    const tree = new ForgetfulTree(['forgets', 'fails', 'selects']);
    assert.equal(await revealRow(tree, () => 'row'), true);
    assert.deepEqual(tree.selection, ['row']);
  });

  it('asks for the row that stands for it by now', async () => {
    const tree = new ForgetfulTree(['forgets', 'selects']);
    assert.equal(await revealRow(tree, () => `row ${tree.asked}`), true);
    assert.deepEqual(tree.selection, ['row 1']);
  });

  it('asks no more once it has left the tree', async () => {
    const tree = new ForgetfulTree(['forgets']);
    assert.equal(await revealRow(tree, () => (tree.asked === 0 ? 'row' : undefined)), false);
    assert.equal(tree.asked, 1);
  });

  it('says so when VS Code never does it, and what it said', async () => {
    await assert.rejects(
      revealRow(new ForgetfulTree(['forgets']), () => 'row'),
      /changes too fast/,
    );
    await assert.rejects(
      revealRow(new ForgetfulTree(['fails']), () => 'row'),
      /node not found/,
    );
  });
});
