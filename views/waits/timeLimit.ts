const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, min: 60_000, h: 3_600_000 };
const longestMs = 24 * 24 * 3_600_000; // what a timer can count, about

/** `30`, `30 s`, `1.5 min`, `2h` in milliseconds, seconds where no unit is given; undefined for anything else. */
export function parseTimeLimit(text: string): number | undefined {
  const match = /^(\d{1,9}(?:\.\d{1,3})?)\s*(ms|s|min|m|h)?$/i.exec(text.trim());
  if (!match) return undefined;
  const [, amount, unit = 's'] = match;
  const name = unit.toLowerCase() === 'm' ? 'min' : unit.toLowerCase();
  const ms = Math.round(Number(amount) * (units[name] ?? 0));
  return ms > 0 && ms <= longestMs ? ms : undefined;
}
