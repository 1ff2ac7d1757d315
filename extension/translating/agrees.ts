import type { NamespaceId, TranslatedNumber, Translation } from '../../native-host/protocol';

/**
 * Whether a process has the numbers that an answer tells of who was there before. What cannot be compared does not
 * disagree: a namespace that may not be read, an answer that is no number.
 */
export function agrees(
  answer: TranslatedNumber,
  { numbers }: Pick<Translation, 'numbers'>,
  target: NamespaceId,
): boolean {
  const there = numbers.find(({ namespace }) => namespace === target);
  if (answer === 'noneThere') return !there;
  if (typeof answer !== 'number') return true;
  if (there) return there.nsPid === answer;
  return numbers.some(({ namespace, nsPid }) => namespace === null && nsPid === answer);
}
