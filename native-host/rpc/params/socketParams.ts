import { isIP } from 'node:net';
import type { SocketRequests, TcpListener } from '../../protocol.js';
import type { Checks } from './check.js';
import {
  fieldsOf,
  integer,
  invalid,
  listOf,
  mostItems,
  text,
  yesOrNo,
  type Fields,
} from './fields.js';
import { key, keys, optionalKey, tokenAlone, tokenAndKey } from './named.js';

/** Each wait is one of few requests at work. */
const longestWaitMs = 30_000;

const port = (fields: Fields, name = 'port') => integer(fields, name, 1, 65535);

function listener(fields: Fields): TcpListener {
  const address = text(fields, 'address', 64);
  if (isIP(address) === 0) throw invalid('address must be an IP address');
  return { address, port: port(fields) };
}

const known = (fields: Fields): TcpListener[] =>
  listOf(fields, 'known', mostItems).map((one) => listener(fieldsOf(one)));

export const socketParams: Checks<keyof SocketRequests> = {
  'sockets/listening': (params) => {
    const fields = fieldsOf(params);
    const isAsked = fields['unix'] !== undefined;
    return {
      keys: fields['keys'] === null ? null : keys(fields, mostItems),
      ...(isAsked && { unix: yesOrNo(fields, 'unix') }),
    };
  },
  'sockets/owner': (params) => {
    const fields = fieldsOf(params);
    return { port: port(fields), ...optionalKey(fields) };
  },
  'sockets/served': (params) => {
    const fields = fieldsOf(params);
    return { port: port(fields), key: key(fields) };
  },
  'sockets/sameUser': (params) => {
    const fields = fieldsOf(params);
    return { port: port(fields), peer: port(fields, 'peer') };
  },
  'sockets/opened': (params) => {
    const fields = fieldsOf(params);
    const withinMs = integer(fields, 'withinMs', 1, longestWaitMs);
    return { key: key(fields), known: known(fields), withinMs };
  },
  'bridge/open': (params) => ({ ...tokenAndKey(params), ...listener(fieldsOf(params)) }),
  'bridge/close': tokenAlone,
};
