import type { RequestOptions } from 'node:http';
import { randomUUID } from 'node:crypto';
import type { ProcessKey, TargetToken, TcpListener } from '../../../native-host/protocol';
import type { HostApi } from '../../../views/hostApi';

/** A way to one port of a process: straight, or by a bridge where it is in another network namespace. */
export interface Route {
  readonly options: Pick<RequestOptions, 'host' | 'port' | 'socketPath'>;
  /** Of a bridge; null: the port can be reached from here. */
  readonly socketPath: string | null;
  close(): Promise<void>;
}

export interface Destination {
  readonly key: ProcessKey;
  readonly listener: TcpListener;
  /** It is in the network namespace of the native host, which is ours. */
  readonly isHere: boolean;
}

/** Listening on all addresses is listening on the loopback too. */
const anyAddress: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

export const reachable = ({ address, port }: TcpListener): TcpListener => ({
  address: anyAddress[address] ?? address,
  port,
});

/** @throws what the native host says against a bridge */
export async function openRoute(
  host: HostApi,
  { key, listener, isHere }: Destination,
): Promise<Route> {
  const { address, port } = reachable(listener);
  if (isHere) {
    const options = { host: address, port };
    return { options, socketPath: null, close: () => Promise.resolve() };
  }
  const token = `bridge-${randomUUID()}` as TargetToken;
  const { socket } = await host.request('bridge/open', { token, key, address, port });
  const close = async () => void (await host.request('bridge/close', { token }));
  return { options: { socketPath: socket }, socketPath: socket, close };
}
