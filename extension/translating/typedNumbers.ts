import { largestPid } from '../largestPid';

/** More would be no list that a person reads. */
const mostNumbers = 1000;

/** `5 7, 12`: whole numbers between spaces, commas, semicolons or lines. Undefined for anything else. */
export function parseTypedNumbers(text: string): readonly number[] | undefined {
  const words = text.split(/[\s,;]+/).filter(Boolean);
  const numbers = words.map((word) => (/^\d+$/.test(word) ? Number(word) : 0));
  const isList = numbers.length > 0 && numbers.length <= mostNumbers;
  return isList && numbers.every((n) => n > 0 && n <= largestPid) ? numbers : undefined;
}
