import type { ProcessKey } from '../../../native-host/protocol';
import type { PickerItem } from './pickerItems';

/** Whether two rows stand for the same process, or for the same that was typed. */
export const isSame = (one: PickerItem, other: PickerItem): boolean =>
  nameOf(one) !== undefined && nameOf(one) === nameOf(other);

export const isAmong = (item: PickerItem, items: readonly PickerItem[]): boolean =>
  items.some((one) => isSame(one, item));

export const keyOf = (item: PickerItem | undefined): ProcessKey | undefined =>
  item?.choice && 'row' in item.choice ? item.choice.row.key : undefined;

/** Of whom it is, or what was typed. */
const nameOf = (item: PickerItem) => keyOf(item) ?? (item.choice && JSON.stringify(item.choice));
