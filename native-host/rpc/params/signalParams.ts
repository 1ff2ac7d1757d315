import { parseKey } from '../../process/identity.js';
import type { Params, SignalRequests, SignalScope, ThreadKey } from '../../protocol.js';
import { maxSignal } from '../../signals/signalTable.js';
import type { Checks } from './check.js';
import { fieldsOf, integer, invalid, listOf, mostItems, text, type Fields } from './fields.js';
import { key, keyAlone, program } from './named.js';

export const signal = (fields: Fields) => integer(fields, 'signal', 1, maxSignal);

/** An int, as sigqueue(3) has it. */
function value(fields: Fields): { value?: number } {
  if (fields['value'] === undefined) return {};
  return { value: integer(fields, 'value', -(2 ** 31), 2 ** 31 - 1) };
}

function scope(fields: Fields): { scope?: SignalScope } {
  if (fields['scope'] === undefined) return {};
  const inner = fieldsOf(fields['scope']);
  const { kind } = inner;
  if (kind === 'process' || kind === 'group') return { scope: { kind } };
  const thread = kind === 'thread' ? text(inner, 'thread', 64) : '';
  if (!parseKey(thread)) throw invalid('scope must be process, group, or thread with its key');
  return { scope: { kind: 'thread', thread: thread as ThreadKey } };
}

const how = (fields: Fields) => ({ signal: signal(fields), ...scope(fields) });

function items(fields: Fields): Params<'signal/batch'>['items'] {
  return listOf(fields, 'items', mostItems).map((one) => {
    const item = fieldsOf(one);
    return { key: key(item), ...program(item) };
  });
}

export const signalParams: Checks<keyof SignalRequests> = {
  'signal/send': (params) => {
    const fields = fieldsOf(params);
    return { key: key(fields), ...how(fields), ...program(fields), ...value(fields) };
  },
  'signal/batch': (params) => {
    const fields = fieldsOf(params);
    return { items: items(fields), ...how(fields), ...value(fields) };
  },
  'signal/preview': (params) => {
    const fields = fieldsOf(params);
    return { key: key(fields), ...how(fields) };
  },
  'signal/previews': keyAlone,
  'signal/threads': keyAlone,
};
