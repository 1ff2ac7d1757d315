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

/** One that leads into another network namespace. */
export interface Bridge extends Route {
  readonly socketPath: string;
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
export async function openRoute(host: HostApi, destination: Destination): Promise<Route> {
  if (!destination.isHere) return await openBridge(host, destination);
  const { address, port } = reachable(destination.listener);
  const options = { host: address, port };
  return { options, socketPath: null, close: () => Promise.resolve() };
}

/** @throws what the native host says against it */
export async function openBridge(
  host: HostApi,
  { key, listener }: Pick<Destination, 'key' | 'listener'>,
): Promise<Bridge> {
  const { address, port } = reachable(listener);
  const token = `bridge-${randomUUID()}` as TargetToken;
  const { socket } = await host.request('bridge/open', { token, key, address, port });
  const close = async () => void (await host.request('bridge/close', { token }));
  return { options: { socketPath: socket }, socketPath: socket, close };
}
