import assert from 'node:assert/strict';
import { meantItems, type Told } from '../../../extension/attach/picking/meantItems';

const told = (more: Partial<Told<string>>): Told<string> => ({
  ticked: [],
  pointed: undefined,
  isTyped: false,
  early: undefined,
  isSure: () => true,
  isSame: (one, other) => one === other,
  ...more,
});
const isSure = (item: string) => item !== 'unsure';

describe('whom a person means in the picker', () => {
  it('is the one that was clicked', () => {
    assert.deepEqual(meantItems(told({ pointed: 'one' })), ['one']);
  });

  it('is nobody where Enter is pressed on an empty list', () => {
    assert.deepEqual(meantItems(told({})), []);
  });

  it('is who is ticked, and besides what was typed, but not the cursor', () => {
    assert.deepEqual(meantItems(told({ ticked: ['one', 'two'], pointed: 'three' })), [
      'one',
      'two',
    ]);
    const typed = { ticked: ['one'], pointed: 'typed', isTyped: true };
    assert.deepEqual(meantItems(told(typed)), ['one', 'typed']);
  });

  it('is unknown where the list has changed under the click', () => {
    assert.equal(meantItems(told({ pointed: 'unsure', isSure })), undefined);
  });

  it('is unknown where one of those that are ticked is', () => {
    assert.equal(meantItems(told({ ticked: ['one', 'unsure'], isSure })), undefined);
    const typed = { ticked: ['unsure'], pointed: 'typed', isTyped: true, isSure };
    assert.equal(meantItems(told(typed)), undefined);
  });

  it('is what was typed where Enter was faster than the list', () => {
    const typed = { isTyped: true, early: 'typed', isSure };
    assert.deepEqual(meantItems(told(typed)), ['typed']);
    assert.deepEqual(meantItems(told({ ...typed, pointed: 'unsure' })), ['typed']);
    assert.deepEqual(meantItems(told({ ...typed, pointed: 'typed' })), ['typed']);
    assert.deepEqual(meantItems(told({ ...typed, ticked: ['one'] })), ['one', 'typed']);
  });

  it('is unknown where that may also have been a click on another', () => {
    const typed = { isTyped: true, early: 'typed', pointed: 'other' };
    assert.equal(meantItems(told(typed)), undefined);
  });
});
