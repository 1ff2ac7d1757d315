import { maxPid } from '../../process/identity.js';
import type {
  NamespaceId,
  NamespaceRef,
  TranslationItem,
  TranslationRequests,
} from '../../protocol.js';
import { none, type Checks } from './check.js';
import {
  absolutePath,
  fieldsOf,
  integer,
  invalid,
  listOf,
  mostItems,
  text,
  type Fields,
} from './fields.js';
import { key, keyAlone } from './named.js';

function namespace(fields: Fields): NamespaceId {
  const value = text(fields, 'namespace', 20);
  if (!/^\d+$/.test(value)) throw invalid('namespace must be an inode');
  return value as NamespaceId;
}

function namespaceRef(fields: Fields, name: string): NamespaceRef {
  const inner = fieldsOf(fields[name]);
  switch (inner['kind']) {
    case 'ours':
      return { kind: 'ours' };
    case 'process':
      return { kind: 'process', key: key(inner) };
    case 'namespace':
      return { kind: 'namespace', namespace: namespace(inner) };
    case 'container':
      return { kind: 'container', name: text(inner, 'name', 256) };
    case 'path':
      return { kind: 'path', path: absolutePath(inner) };
    default:
      throw invalid(`${name} must name a PID namespace`);
  }
}

const numbers = (fields: Fields): number[] =>
  listOf(fields, 'numbers', mostItems).map((one) => integer({ number: one }, 'number', 1, maxPid));

function items(fields: Fields): TranslationItem[] {
  const items = listOf(fields, 'items', mostItems).map((one): TranslationItem => {
    const item = fieldsOf(one);
    const [source, target] = [namespaceRef(item, 'source'), namespaceRef(item, 'target')];
    return { numbers: numbers(item), source, target, threads: item['threads'] === true };
  });
  if (items.reduce((sum, item) => sum + item.numbers.length, 0) <= mostItems) return items;
  throw invalid(`items must have at most ${mostItems} numbers in all`);
}

export const translationParams: Checks<keyof TranslationRequests> = {
  'translate/numbers': keyAlone,
  'translate/find': (params) => {
    const fields = fieldsOf(params);
    return { namespace: namespace(fields), nsPid: integer(fields, 'nsPid', 1, maxPid) };
  },
  'translate/batch': (params) => ({ items: items(fieldsOf(params)) }),
  'namespaces/ownTree': (params) => ({ namespace: namespaceRef(fieldsOf(params), 'namespace') }),
  'namespaces/pid': none,
};
