import type { SignalEffect, SignalPreview } from '../../native-host/protocol';
import { endsProcess, signals } from '../../views/signals';
import type { Settings } from '../contributions';
import type { SignalOrder } from './signalOrder';

export type ConfirmMode = Settings['pidfd.confirmSignals'];
export type Foresight = Pick<SignalPreview, 'effect' | 'guards' | 'members'>;

const harmless: ReadonlySet<SignalEffect> = new Set(['ignored', 'initIgnores', 'continue']);

/** Whether a person is asked before this is sent. */
export function mustAsk(mode: ConfirmMode, order: SignalOrder, foresight: Foresight): boolean {
  if (mode !== 'guarded') return mode === 'always';
  return (
    endsProcess(order.signal) || wouldEnd(order.signal, foresight) || isRisky(order, foresight)
  );
}

/** Also by surprise: SIGUSR1 ends a program that does not expect it. */
export function wouldEnd(signal: number, { effect }: Pick<Foresight, 'effect'>): boolean {
  if (effect === 'terminate' || effect === 'core') return true;
  const usual = signals[signal - 1]?.default;
  return effect === 'unknown' && (usual === 'terminate' || usual === 'core');
}

/** Of a group many more feel it than the one that was clicked. */
function isRisky({ scope }: SignalOrder, { effect, guards }: Foresight): boolean {
  if (effect === 'continue') return false;
  return scope?.kind === 'group' || (guards.length > 0 && !harmless.has(effect));
}
