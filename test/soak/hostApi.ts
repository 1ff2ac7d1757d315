// What the views need of a native host, given by the tests' own client.
import type { InitializeResult, NotificationName, Notifications } from '../../native-host/protocol';
import type { HostApi } from '../../views/hostApi';
import type { HostClient, Reply } from '../support/hostClient';
import type { Tally } from './tally';

export function hostApi(host: HostClient, hello: InitializeResult, tally: Tally): HostApi {
  return {
    state: { kind: 'ready', hello },
    onDidChangeState: () => ({ dispose: () => undefined }),
    request: (method, params) => tally.timed(host.request(method, params)),
    onNotification: <N extends NotificationName>(
      name: N,
      listener: (payload: Notifications[N]) => void,
    ) => {
      const told = ({ method, params }: Reply) => {
        if (method === name) listener(params as Notifications[N]);
      };
      host.listeners.add(told);
      return { dispose: () => host.listeners.delete(told) };
    },
  };
}
