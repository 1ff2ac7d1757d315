import type { RowContext } from '../../extension/contributions';
import type { ProcessRow } from '../../native-host/protocol';
import type { HostApi } from '../hostApi';

/** What menus are offered: package.json tests for these words. */
export function contextWords(row: ProcessRow, ended: boolean, signals: boolean): RowContext[] {
  if (ended) return ['process', 'ended'];
  const words: RowContext[] = ['process', 'living'];
  if (signals && row.kind !== 'kernelThread') words.push('signalable');
  if (row.state === 'T') words.push('stopped');
  if (row.parentKey !== null) words.push('hasParent');
  return words;
}

/** Without pidfds nothing is offered that could hit another process. */
export function canSignal({ state }: HostApi): boolean {
  return state.kind === 'ready' && state.hello.tier !== 'none';
}
