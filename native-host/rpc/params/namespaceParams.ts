import {
  entryUsers,
  namespaceTypes,
  type EntryRequests,
  type EntryUser,
  type InventoryRequests,
  type NamespaceType,
} from '../../protocol.js';
import { none, type Checks } from './check.js';
import { fieldsOf, listOf, oneOf, type Fields } from './fields.js';
import { key } from './named.js';

function join(fields: Fields): { join?: readonly NamespaceType[] } {
  if (fields['join'] === undefined) return {};
  const types = listOf(fields, 'join', namespaceTypes.length);
  return { join: [...new Set(types.map((one) => oneOf(one, namespaceTypes, 'join')))] };
}

function user(fields: Fields): { user?: EntryUser } {
  if (fields['user'] === undefined) return {};
  return { user: oneOf(fields['user'], entryUsers, 'user') };
}

export const namespaceParams: Checks<keyof (InventoryRequests & EntryRequests)> = {
  'namespaces/subscribe': none,
  'namespaces/unsubscribe': none,
  'namespaces/enterable': (params) => {
    const fields = fieldsOf(params);
    return { key: key(fields), ...join(fields), ...user(fields) };
  },
};
