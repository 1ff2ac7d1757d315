const smallest = -0x8000_0000;
const largest = 0x7fff_ffff;

/** The number that goes along with a signal, an `int` as sigqueue(3) has it; undefined for anything else. */
export function parseValue(text: string): number | undefined {
  const trimmed = text.trim();
  if (!/^(-?\d{1,10}|0x[\da-f]{1,8})$/i.test(trimmed)) return undefined;
  const value = Number(trimmed);
  return value >= smallest && value <= largest ? value : undefined;
}
