/**
 * The whole contract between the extension and the native host: requests, notifications, rows, errors.
 *
 * JSON-RPC 2.0 over the host's stdin and stdout. Each subject has a file in `protocol/`: those import nothing but each
 * other. Nothing else of `native-host/` may be imported from outside, and all of it from here. `docs/protocol.md`
 * describes every method; a test compares the two.
 *
 * Words: `pid` is always a number in the native host's own PID namespace, `nsPid` a number in a named one. Neither
 * identifies a process: a `ProcessKey` does.
 */
import type { WorldRequests } from './protocol/world.js';
import type { TableRequests, TableNotifications } from './protocol/table.js';
import type { ProcessRequests } from './protocol/processes.js';
import type { SignalRequests } from './protocol/signals.js';
import type { TreeRequests, TreeNotifications } from './protocol/trees.js';
import type { NextRequests, NextNotifications } from './protocol/next.js';
import type { TargetRequests, TargetNotifications } from './protocol/targets.js';
import type { AttachRequests } from './protocol/attach.js';
import type { SocketRequests } from './protocol/sockets.js';
import type { TranslationRequests } from './protocol/translation.js';
import type { InventoryRequests, InventoryNotifications } from './protocol/inventory.js';
import type { EntryRequests } from './protocol/entry.js';

export * from './protocol/names.js';
export * from './protocol/row.js';
export * from './protocol/world.js';
export * from './protocol/table.js';
export * from './protocol/processes.js';
export * from './protocol/signals.js';
export * from './protocol/trees.js';
export * from './protocol/next.js';
export * from './protocol/targets.js';
export * from './protocol/attach.js';
export * from './protocol/sockets.js';
export * from './protocol/translation.js';
export * from './protocol/inventory.js';
export * from './protocol/entry.js';
export * from './protocol/errors.js';

/** Every request: its parameters and its result. */
export interface Requests
  extends
    WorldRequests,
    TableRequests,
    ProcessRequests,
    SignalRequests,
    TreeRequests,
    NextRequests,
    TargetRequests,
    AttachRequests,
    SocketRequests,
    TranslationRequests,
    InventoryRequests,
    EntryRequests {}

/** Host to client. */
export interface Notifications
  extends
    TableNotifications,
    TreeNotifications,
    NextNotifications,
    TargetNotifications,
    InventoryNotifications {}

export type Method = keyof Requests;
export type Params<M extends Method> = Requests[M]['params'];

export type Result<M extends Method> = Requests[M]['result'];
export type NotificationName = keyof Notifications;

/** Sent as requests: the client answers null when it has taken it, and only then may the next one come. */
export const deliveries = ['processes/delta'] as const satisfies readonly NotificationName[];
export type DeliveryName = (typeof deliveries)[number];

/** Compile-time complete lists, so that both ends and the documentation test can walk them. */
export const methods = Object.keys({
  initialize: 0,
  'processes/subscribe': 0,
  'processes/unsubscribe': 0,
  'processes/refresh': 0,
  'processes/list': 0,
  'processes/details': 0,
  'processes/sample': 0,
  'processes/pss': 0,
  'processes/folders': 0,
  'processes/find': 0,
  'processes/open': 0,
  'signal/send': 0,
  'signal/batch': 0,
  'signal/preview': 0,
  'signal/previews': 0,
  'signal/threads': 0,
  'tree/preview': 0,
  'tree/stop': 0,
  'tree/cancel': 0,
  'lineage/follow': 0,
  'lineage/left': 0,
  'lineage/forget': 0,
  'next/watch': 0,
  'next/expect': 0,
  'next/release': 0,
  'next/end': 0,
  'target/hold': 0,
  'target/release': 0,
  'attach/runtime': 0,
  'attach/proof': 0,
  'attach/traced': 0,
  'translate/numbers': 0,
  'translate/find': 0,
  'translate/batch': 0,
  'namespaces/ownTree': 0,
  'namespaces/pid': 0,
  'namespaces/subscribe': 0,
  'namespaces/unsubscribe': 0,
  'namespaces/enterable': 0,
  'attach/preflight': 0,
  'sockets/listening': 0,
  'sockets/owner': 0,
  'sockets/served': 0,
  'sockets/sameUser': 0,
  'sockets/opened': 0,
  'bridge/open': 0,
  'bridge/close': 0,
} satisfies Record<Method, 0>) as readonly Method[];

export const notifications = Object.keys({
  'processes/delta': 0,
  'namespaces/news': 0,
  'target/exited': 0,
  'target/reaped': 0,
  'next/found': 0,
  'next/failed': 0,
  'tree/progress': 0,
} satisfies Record<NotificationName, 0>) as readonly NotificationName[];
