import type {
  AttachPreflight,
  Listening,
  ProcessKey,
  ProcessRow,
  TcpListener,
} from '../../../native-host/protocol';
import type { HostApi } from '../../../views/hostApi';
import { NothingDone } from '../../errors';
import { bridgedTexts } from '../bridged/bridgedTexts';
import type { Contact } from '../debuggers/debugger';
import { askedPort } from './listenedPort';

const here = '127.0.0.1';

/** Where a debugger of that type reaches the process; null where it does not listen for one. */
export async function contactOf(
  host: HostApi,
  type: string,
  { row, facts }: AttachPreflight,
): Promise<Contact | null> {
  const asked = askedPort(type, row.args);
  if (asked === undefined && type !== 'rdbg') return null;
  const { processes } = await host.request('sockets/listening', { keys: [row.key], unix: true });
  const [listening] = processes;
  if (type === 'rdbg' && asked === undefined) return socketOf(listening, facts.shares.mnt, row.pid);
  const port = await portOf(host, row.key, listening, asked);
  if (port === undefined) return null;
  if (facts.shares.net !== false) return { kind: 'port', host: here, port };
  return { kind: 'far', listener: await farListener(host, row, port) };
}

/** @throws NothingDone: a way there might lead to anybody */
async function farListener(host: HostApi, row: ProcessRow, port: number): Promise<TcpListener> {
  const { by, at } = await host.request('sockets/served', { port, key: row.key });
  if (at) return at;
  const { unknown, notServed } = bridgedTexts;
  throw new NothingDone(by === null ? unknown(row, port) : notServed(row, port));
}

/** The one that was asked for, or where the system chose, the only one there is. */
async function portOf(
  host: HostApi,
  key: ProcessKey,
  listening: Listening | undefined,
  asked = 0,
): Promise<number | undefined> {
  if (!listening || !('value' in listening.tcp)) return asked || undefined; // not known
  const ports = [...new Set(listening.tcp.value.map(({ port }) => port))];
  if (asked === 0) return ports.length === 1 ? ports[0] : undefined;
  if (ports.includes(asked)) return asked;
  const { by } = await host.request('sockets/served', { port: asked, key });
  return by === null ? undefined : asked;
}

/** debug.rb calls it `rdbg-PID`, and puts the session's name behind. Through its root it is reached from everywhere. */
function socketOf(
  listening: Listening | undefined,
  isOurs: boolean | null,
  pid: number,
): Contact | null {
  const unix = listening?.unix && 'value' in listening.unix ? listening.unix.value : [];
  const path = unix.find((one) => /\/(?:rdbg|ruby-debug)[^/]*$/.test(one));
  if (path === undefined) return null;
  return { kind: 'socket', path: isOurs === false ? `/proc/${pid}/root${path}` : path };
}
