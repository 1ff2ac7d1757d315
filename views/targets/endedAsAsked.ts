import { signals, SIGKILL, SIGTERM } from '../signals';
import type { Target } from './model';

/** Programs that handle one of these end by themselves, with whatever code. */
const named = ['SIGHUP', 'SIGINT', 'SIGQUIT'];
const ending: readonly number[] = [
  SIGKILL,
  SIGTERM,
  ...signals.filter(({ name }) => named.includes(name)).map(({ number }) => number),
];

/** It ended by a signal that was sent from here, or of itself after it had been asked to. */
export function hasEndedAsAsked({ state, sent }: Target): boolean {
  if (state.kind !== 'ended') return false;
  const { status } = state;
  if (status.kind === 'signaled') return sent.has(status.signal);
  return status.kind === 'exited' && ending.some((signal) => sent.has(signal));
}
