import type { Params, PortOwners } from '../protocol.js';
import { newListeners } from '../sockets/newListeners.js';
import { readersOf, rowOf, type Handlers, type Parts } from './parts.js';

type Names =
  | 'attach/preflight'
  | 'sockets/listening'
  | 'sockets/owner'
  | 'sockets/served'
  | 'sockets/sameUser'
  | 'sockets/opened'
  | 'bridge/open'
  | 'bridge/close';

export function attachHandlers(parts: Parts): Pick<Handlers, Names> {
  return {
    'attach/preflight': async ({ key, gdb }) => {
      using process = parts.opener.byKey(key);
      const row = await rowOf(parts, process);
      return await readersOf(parts).preflight.of(process, row, gdb === true);
    },
    'sockets/listening': async ({ keys, unix }) => ({
      processes: await readersOf(parts).sockets.listening(keys, unix === true),
    }),
    'sockets/owner': (params) => owner(parts, params),
    'sockets/served': async ({ port, key }) => {
      using process = parts.opener.byKey(key);
      return await readersOf(parts).sockets.served(port, process);
    },
    'sockets/sameUser': async ({ port, peer }) =>
      Promise.resolve({ isSame: readersOf(parts).sockets.isSameUser(port, peer) }),
    'sockets/opened': async ({ key, known, withinMs }) => {
      using process = parts.opener.byKey(key);
      return { listeners: await newListeners(readersOf(parts), process, known, withinMs) };
    },
    'bridge/open': async ({ token, key, address, port }) => {
      using process = parts.opener.byKey(key);
      return { socket: await readersOf(parts).bridges.build(token, process, { address, port }) };
    },
    'bridge/close': async ({ token }) => {
      await parts.readers?.bridges.close(token);
      return null;
    },
  };
}

async function owner(parts: Parts, { port, key }: Params<'sockets/owner'>): Promise<PortOwners> {
  const { opener } = parts;
  using where = key === undefined ? opener.byNumber(process.pid) : opener.byKey(key);
  return await readersOf(parts).sockets.owners(port, where);
}
