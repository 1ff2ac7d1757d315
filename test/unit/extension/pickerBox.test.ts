import assert from 'node:assert/strict';
import { PickerBox } from '../../../extension/attach/picking/pickerBox';
import type { PickerItem } from '../../../extension/attach/picking/pickerItems';
import { row } from '../views/rows';
import { pidOf, TwoSides } from './twoSides';

const [a, b, c, d] = [1, 2, 3, 4] as const;

const item = (pid: number): PickerItem => ({ label: `${pid}`, choice: { row: row(pid) } });
/** The same process, of which something has been found out. */
const known = (pid: number): PickerItem => ({ ...item(pid), detail: 'in /srv' });
const items = (...pids: number[]) => pids.map(item);
const number = (pid: number): PickerItem => ({
  label: `${pid}`,
  choice: { typed: { kind: 'pid', pid } },
});

describe('the picker’s list, which changes while it is open', () => {
  let window: TwoSides;
  let box: PickerBox;

  const open = async (takesSeveral: boolean, ...pids: number[]) => {
    window = new TwoSides(takesSeveral);
    box = new PickerBox(window, window.reach);
    box.show({ typed: [], others: items(...pids) });
    await window.takesAll();
  };
  const meant = () => box.meant()?.map(pidOf);

  describe('without boxes', () => {
    it('gives the row that was clicked', async () => {
      await open(false, a, b);
      window.point(b);
      assert.deepEqual(meant(), [b]);
    });

    it('gives nobody where another has come to the place of the click, and then the one that is clicked', async () => {
      await open(false, a, b);
      box.show({ typed: [], others: items(c, a, b) });
      window.point(b); // which VS Code takes for a
      assert.equal(meant(), undefined);
      await window.takesAll();
      window.point(b);
      assert.deepEqual(meant(), [b]);
    });

    it('gives the row that has kept its place', async () => {
      await open(false, a, b);
      box.show({ typed: [], others: [item(a), known(b)] });
      window.point(b);
      assert.deepEqual(meant(), [b]);
    });

    it('gives what was typed where Enter is faster than the list', async () => {
      await open(false, a, b, c);
      box.show({ typed: items(c), others: items(a, b, c) }, true);
      assert.deepEqual(meant(), [c]); // no row matched in the window
      window.point(c); // which VS Code takes for b
      assert.deepEqual(meant(), [c]);
      window.point(b); // it may have been clicked
      assert.equal(meant(), undefined);
    });

    it('gives what was typed also while its list waits for another', async () => {
      await open(false, a, b, c);
      box.show({ typed: [], others: [item(a), known(b), item(c)] });
      box.show({ typed: items(c), others: [item(a), known(b), item(c)] }, true);
      assert.deepEqual(meant(), [c]);
      await window.takesAll();
      assert.deepEqual(window.activeItems.map(pidOf), [c]);
    });

    it('gives who was found by a number that was typed before there was a list', async () => {
      await open(false);
      box.show({ typed: [number(b)], others: [] }, true);
      await window.takesAll();
      box.show({ typed: items(b), others: items(a, b) });
      window.point(0); // the number
      assert.deepEqual(meant(), [b]);
    });

    it('takes no click for what was typed long ago', async () => {
      await open(false, a, b);
      box.show({ typed: items(a), others: items(a, b) }, true);
      await window.takesAll();
      box.show({ typed: items(a, c), others: items(a, b, c) });
      window.point(b); // which VS Code takes for c
      assert.equal(meant(), undefined);
    });
  });

  describe('with boxes', () => {
    it('gives who is ticked, else the one under the cursor', async () => {
      await open(true, a, b, c);
      window.point(c);
      assert.deepEqual(meant(), [c]);
      window.toggle(b);
      assert.deepEqual(meant(), [b]);
    });

    it('leaves the cursor where it is, though something was typed', async () => {
      await open(true, a, b);
      box.show({ typed: items(a, b), others: items(a, b) }, true);
      await window.takesAll();
      window.point(b);
      box.show({ typed: [known(a), item(b)], others: [known(a), item(b)] });
      assert.deepEqual(meant(), [b]);
    });

    it('keeps what is ticked while another list is on its way', async () => {
      await open(true, a, b);
      window.toggle(a);
      box.show({ typed: [], others: [known(a), item(b)] });
      window.toggle(b);
      assert.deepEqual(meant(), [a, b]);
      await window.takesAll();
      assert.deepEqual(window.ticked, [a, b]);
      assert.deepEqual(meant(), [a, b]);
    });

    it('and what is unticked', async () => {
      await open(true, a, b);
      for (const pid of [a, b]) window.toggle(pid);
      box.show({ typed: [], others: [known(a), item(b)] });
      window.toggle(a);
      assert.deepEqual(meant(), [b]);
      await window.takesAll();
      assert.deepEqual(window.ticked, [b]);
    });

    it('and what is ticked on a row that was typed', async () => {
      await open(true, a, b);
      box.show({ typed: items(a), others: items(a, b) }, true);
      await window.takesAll();
      box.show({ typed: items(a), others: [item(a), known(b)] });
      window.toggle(a);
      await window.takesAll();
      assert.deepEqual(window.ticked, [a]);
    });

    it('refuses once where it is not known who was ticked', async () => {
      await open(true, a, b);
      window.point(a);
      box.show({ typed: [], others: items(c, a, b) });
      window.toggle(b); // which VS Code takes for a
      await window.takesAll();
      assert.deepEqual(window.ticked, []);
      assert.equal(meant(), undefined);
      assert.deepEqual(meant(), [a]);
    });

    it('forgets that where something is ticked since', async () => {
      await open(true, a, b);
      box.show({ typed: [], others: items(c, a, b) });
      window.toggle(b);
      await window.takesAll();
      window.toggle(b);
      assert.deepEqual(meant(), [b]);
    });

    it('gives who was ticked, and what was typed, where Enter is faster than the list', async () => {
      await open(true, a, b, c, d);
      for (const pid of [a, b]) window.toggle(pid);
      box.show({ typed: items(d), others: items(a, b, c, d) }, true);
      assert.deepEqual(meant(), [a, b, d]);
      await window.takesAll();
      assert.deepEqual(window.ticked, [a, b]);
      assert.deepEqual(meant(), [a, b, d]);
    });
  });

  it('draws nothing after it was closed', async () => {
    await open(false, a);
    box.show({ typed: [], others: items(b) });
    box.show({ typed: [], others: items(c) });
    box.dispose();
    await window.takesAll();
    assert.deepEqual(window.items.map(pidOf), [b]);
  });
});
