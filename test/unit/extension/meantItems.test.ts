import assert from 'node:assert/strict';
import { meantItems, type Told } from '../../../extension/attach/picking/meantItems';

const meant = (told: Partial<Told<string>>) =>
  meantItems({
    ticked: [],
    isTickLost: false,
    pointed: [],
    isTyped: false,
    early: undefined,
    takesSeveral: false,
    isSame: (one, other) => one === other,
    ...told,
  });

describe('whom a person means in the picker', () => {
  it('is the one that was clicked', () => {
    assert.deepEqual(meant({ pointed: ['one'] }), ['one']);
    assert.deepEqual(meant({ pointed: ['one', 'one'] }), ['one']);
  });

  it('is nobody where Enter is pressed on an empty list', () => {
    assert.deepEqual(meant({}), []);
  });

  it('is who is ticked, and besides what was typed, but not the cursor', () => {
    const several = { takesSeveral: true, pointed: ['three'] };
    assert.deepEqual(meant({ ...several, ticked: ['one', 'two'] }), ['one', 'two']);
    const typed = { takesSeveral: true, ticked: ['one'], pointed: ['typed'], isTyped: true };
    assert.deepEqual(meant(typed), ['one', 'typed']);
  });

  it('is unknown where the list has changed under the click', () => {
    assert.equal(meant({ pointed: ['one', 'other'] }), undefined);
    assert.equal(meant({ pointed: ['one', 'typed'], isTyped: true }), undefined);
  });

  it('is unknown where somebody was ticked and it is not known who', () => {
    const lost = { takesSeveral: true, isTickLost: true };
    assert.equal(meant({ ...lost, pointed: ['cursor'] }), undefined);
    assert.equal(meant({ ...lost, ticked: ['one'] }), undefined);
  });

  it('is what was typed where Enter was faster than the list', () => {
    const typed = { isTyped: true, early: 'typed' };
    assert.deepEqual(meant(typed), ['typed']);
    assert.deepEqual(meant({ ...typed, pointed: ['other', 'typed'] }), ['typed']);
    const several = { ...typed, takesSeveral: true, pointed: ['other'] }; // a click only ticks
    assert.deepEqual(meant({ ...several, ticked: ['one'] }), ['one', 'typed']);
  });

  it('is unknown where that may also have been a click on another', () => {
    assert.equal(meant({ isTyped: true, early: 'typed', pointed: ['other'] }), undefined);
    assert.equal(meant({ isTyped: true, early: 'typed', pointed: ['other', 'third'] }), undefined);
  });
});
