import { l10n } from './l10n';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in its two largest units, cut below them: 90 seconds are not a minute. */
export function duration(ms: number): string {
  if (ms < second) return l10n.t('{0} ms', Math.max(0, Math.round(ms)));
  if (ms < minute) return l10n.t('{0} s', Math.floor(ms / second));
  const [large, small, text] = units(ms);
  const [many, few] = [Math.floor(ms / large), Math.floor((ms % large) / small)];
  return few === 0 ? text.one(many) : text.two(many, few);
}

interface UnitText {
  readonly one: (many: number) => string;
  readonly two: (many: number, few: number) => string;
}

const minutes: UnitText = {
  one: (min) => l10n.t('{0} min', min),
  two: (min, s) => l10n.t('{0} min {1} s', min, s),
};
const hours: UnitText = {
  one: (h) => l10n.t('{0} h', h),
  two: (h, min) => l10n.t('{0} h {1} min', h, min),
};
const days: UnitText = {
  one: (d) => l10n.t('{0} d', d),
  two: (d, h) => l10n.t('{0} d {1} h', d, h),
};

function units(ms: number): readonly [large: number, small: number, text: UnitText] {
  if (ms < hour) return [minute, second, minutes];
  return ms < day ? [hour, minute, hours] : [day, hour, days];
}

const two = (n: number) => String(n).padStart(2, '0');

/**
 * Local time of day; the date as well when it is not today's. The same everywhere, whatever the locale. null: when a
 * process was started is not known without a procfs.
 */
export function timestamp(ms: number | null, now: number = Date.now()): string {
  if (ms === null) return l10n.t('at an unknown time');
  const at = new Date(ms);
  const time = `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
  if (at.toDateString() === new Date(now).toDateString()) return time;
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${time}`;
}
