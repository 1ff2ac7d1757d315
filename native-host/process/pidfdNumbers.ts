import { fieldNumbers } from '../procfs/status.js';

/**
 * `NSpid:` of a pidfd's fdinfo: its numbers from the procfs' own PID namespace inwards. null once reaped (-1), or where it
 * has none there (0).
 */
export function pidfdNumbers(fdinfo: string): number[] | null {
  const numbers = fieldNumbers(fdinfo, 'NSpid');
  return numbers.length > 0 && numbers.every((one) => one > 0) ? numbers : null;
}
