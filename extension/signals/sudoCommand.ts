import type { ProcessKey } from '../../native-host/protocol';
import type { SignalOrder } from './signalOrder';
import { signals } from '../../views/signals';

/** What runs the native host: VS Code's own program acts as Node only when it is told to. */
export interface HostCommand {
  readonly program: string;
  readonly script: string;
  readonly isElectron: boolean;
}

/** The words after `sudo`. The process is named by its key, so that however long a password takes, no other is hit. */
export function sudoArguments(host: HostCommand, key: ProcessKey, order: SignalOrder): string[] {
  const asNode = host.isElectron ? ['env', 'ELECTRON_RUN_AS_NODE=1'] : [];
  return [
    '--',
    ...asNode,
    host.program,
    host.script,
    'signal',
    key,
    cliSignal(order.signal),
    ...options(order),
  ];
}

function options({ scope, value }: SignalOrder): string[] {
  const words = value === undefined ? [] : [`--value=${value}`];
  if (scope?.kind === 'group') words.push('--group');
  if (scope?.kind === 'thread') words.push(`--thread=${scope.thread.key}`);
  return words;
}

/** The command line knows the names that kill(1) does; real-time signals go by number. */
function cliSignal(signal: number): string {
  const found = signals[signal - 1];
  return found && signal < 32 ? found.name : String(signal);
}
