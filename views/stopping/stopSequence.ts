import type { SignalStep } from '../../native-host/protocol';
import { duration } from '../format';
import { l10n } from '../l10n';
import { signalName, signals } from '../signals';

const mostSteps = 10;
const longestWaitMs = 600_000;

/** A step as settings.json has it: signals by name there. */
export interface ConfiguredStep {
  readonly signal: string;
  readonly waitMs: number;
}

/** Undefined when it is no sequence that could be used: settings.json takes anything. */
export function parseSequence(setting: unknown): readonly SignalStep[] | undefined {
  if (!Array.isArray(setting) || setting.length === 0 || setting.length > mostSteps)
    return undefined;
  const steps = setting.map(parseStep);
  return steps.every((step) => step !== undefined) ? steps : undefined;
}

function parseStep(step: unknown): SignalStep | undefined {
  const { signal, waitMs } = (step ?? {}) as Partial<Record<keyof ConfiguredStep, unknown>>;
  const found = signals.find(({ name }) => name === signal);
  const isTime = Number.isInteger(waitMs) && Number(waitMs) >= 0 && Number(waitMs) <= longestWaitMs;
  return found && isTime ? { signal: found.number, waitMs: Number(waitMs) } : undefined;
}

/** `SIGTERM, after 5 s SIGKILL`. */
export function sequenceText(steps: readonly SignalStep[]): string {
  return steps
    .map(({ signal }, index) => {
      const before = steps[index - 1];
      return before
        ? l10n.t('after {0} {1}', duration(before.waitMs), signalName(signal))
        : signalName(signal);
    })
    .join(', ');
}
