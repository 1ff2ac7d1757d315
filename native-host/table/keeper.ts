import type { TableDelta, TableMode } from '../protocol.js';
import type { LiveRows } from './liveRows.js';
import type { TableReader } from './tableReader.js';

/** Keeps rows up to date while somebody is subscribed. Disposed, it reads and tells nothing more. */
export interface Keeper extends Disposable {
  readonly mode: TableMode;
  /** Reads everything now, and tells what has changed. Not while other work of ours reads. @throws SysError, HostError */
  readAll(): Promise<void>;
  /** Goes on by itself from now on. */
  start(): void;
  /** Something was done to that process which the kernel announces to nobody. */
  expect(pid: number): void;
}

export interface KeeperParts {
  readonly rows: LiveRows;
  readonly reader: TableReader;
  readonly tell: (delta: TableDelta) => void;
  /** What reads and updates rows never overlaps. */
  readonly exclusive: <T>(work: () => Promise<T>) => Promise<T>;
  readonly log: (message: string) => void;
}
