import assert from 'node:assert/strict';
import type { PickerItem } from '../../../../extension/attach/picking/pickerItems';
import type { ProcessKey } from '../../../../native-host/protocol';
import { pickerLook } from '../../../../extension/attach/picking/pickerLook';
import { row } from '../../views/rows';

const item = (pid: number, more: Partial<PickerItem> = {}): PickerItem => ({
  label: 'shop',
  description: String(pid),
  choice: { row: row(pid) },
  ...more,
});
const [newest, other] = [item(7), item(5)];

describe('how the list of the picker looks', () => {
  it('is the same while nothing of it has changed', () => {
    assert.equal(pickerLook([newest, other]), pickerLook([item(7), item(5)]));
  });

  it('is another one when the first row is typed, which stays now whatever is searched for', () => {
    const typed = { ...newest, alwaysShow: true };
    assert.notEqual(pickerLook([typed, other]), pickerLook([newest, other]));
  });

  it('is another one when a number has passed to another process', () => {
    const successor = item(7, { choice: { row: row(7, null, { key: '7:1' as ProcessKey }) } });
    assert.notEqual(pickerLook([successor]), pickerLook([newest]));
  });

  it('is another one in another order', () => {
    assert.notEqual(pickerLook([other, newest]), pickerLook([newest, other]));
  });
});
