import { isIP } from 'node:net';
import type { TcpListener } from '../protocol.js';
import { fieldsOf, integer, invalid, text, type Fields } from './fields.js';

const mostItems = 10_000;

/** A TCP port. @throws HostError Invalid */
export const portParam = (fields: Fields, name = 'port') => integer(fields, name, 1, 65535);

export function listenerParam(fields: Fields): TcpListener {
  const address = text(fields, 'address', 64);
  if (isIP(address) === 0) throw invalid('address must be an IP address');
  return { address, port: portParam(fields) };
}

export function knownListeners(fields: Fields): TcpListener[] {
  const list = fields['known'];
  if (!Array.isArray(list) || list.length > mostItems) {
    throw invalid(`known must be a list of at most ${mostItems}`);
  }
  return list.map((one) => listenerParam(fieldsOf(one)));
}
