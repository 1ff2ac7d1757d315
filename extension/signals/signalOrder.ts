import type { SignalScope, ThreadRow } from '../../native-host/protocol';

/** Whom of a process a signal is for. A thread comes with what a person could see of it. */
export type OrderScope =
  | { readonly kind: 'process' }
  | { readonly kind: 'thread'; readonly thread: ThreadRow }
  | { readonly kind: 'group' };

/** What a person wants to be sent. */
export interface SignalOrder {
  readonly signal: number;
  readonly scope?: OrderScope;
  readonly value?: number;
}

/** As the protocol has it; nothing for what it takes for granted. */
export function orderParams({ signal, scope, value }: SignalOrder): {
  signal: number;
  scope?: SignalScope;
  value?: number;
} {
  return {
    signal,
    ...(scope && scope.kind !== 'process' && { scope: protocolScope(scope) }),
    ...(value !== undefined && { value }),
  };
}

function protocolScope(scope: OrderScope): SignalScope {
  return scope.kind === 'thread' ? { kind: 'thread', thread: scope.thread.key } : scope;
}
