import type { PickerItem } from './pickerItems';

/** What a person can tell lists apart by. The one that was typed may stand first already, and then only stays. */
const told = ['label', 'description', 'detail', 'alwaysShow', 'choice', 'row', 'key'];

/** The same text for lists of which the one need not be drawn over the other. */
export const pickerLook = (items: readonly PickerItem[]): string => JSON.stringify(items, told);
