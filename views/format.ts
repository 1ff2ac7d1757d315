import { l10n } from './l10n';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in its largest unit, or two where one is too coarse. */
export function duration(ms: number): string {
  if (ms < second) return l10n.t('{0} ms', Math.max(0, Math.round(ms)));
  if (ms < minute) return l10n.t('{0} s', Math.floor(ms / second));
  if (ms < hour) return l10n.t('{0} min', Math.floor(ms / minute));
  if (ms < day)
    return l10n.t('{0} h {1} min', Math.floor(ms / hour), Math.floor((ms % hour) / minute));
  return l10n.t('{0} d {1} h', Math.floor(ms / day), Math.floor((ms % day) / hour));
}

const two = (n: number) => String(n).padStart(2, '0');

/** Local time of day; the date as well when it is not today's. The same everywhere, whatever the locale. */
export function timestamp(ms: number, now: number = Date.now()): string {
  const at = new Date(ms);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  if (at.toDateString() === new Date(now).toDateString()) return time;
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
}
