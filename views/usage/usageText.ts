import type { ProcessUsage } from '../../native-host/protocol';
import { l10n } from '../l10n';

const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** In units of 1024, with two to three digits: `34 MB`, `1.2 GB`. */
export function bytesText(bytes: number): string {
  let [value, unit] = [bytes, 0];
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  const digits = value < 9.95 && unit > 1 ? 1 : 0;
  return `${value.toFixed(digits)} ${units[unit]}`;
}

/** Of one processor; several threads can take more. */
export function cpuText(cpu: number): string {
  return l10n.t('{0} %', Math.round(cpu * 100));
}

/** What stands on a row: nothing of what a process at rest does not use. */
export function usageText({ cpu, rss }: ProcessUsage): string {
  const busy = cpu !== null && Math.round(cpu * 100) > 0;
  return [busy && cpuText(cpu), rss > 0 && bytesText(rss)].filter(Boolean).join(' · ');
}
