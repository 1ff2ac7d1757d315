import { processNumbers, threadNumbers, type NumberIoctls } from '../kernel/nsfs.js';
import type { TranslatedNumber } from '../protocol.js';
import type { Placed } from './namespaceRelation.js';

/** Each retry needs the number to change hands in the microseconds between two calls. */
const attempts = 100;

/**
 * Numbers alone, by NS_GET_*_PIDNS (Linux 6.11): no descriptor is opened for any of them.
 *
 * source -> ours -> target -> back to the source. The number that comes back shows that ours meant the same task before
 * and after the target was asked: else it would have had to go to another and come back within microseconds.
 */
export function translateNumbers(
  source: Placed,
  target: Placed,
  { numbers, threads }: { readonly numbers: readonly number[]; readonly threads: boolean },
): TranslatedNumber[] {
  const ioctls = threads ? threadNumbers : processNumbers;
  return numbers.map((number) => translate(source, target, ioctls, number));
}

function translate(
  source: Placed,
  target: Placed,
  { from, into }: NumberIoctls,
  number: number,
): TranslatedNumber {
  for (let attempt = 0; attempt < attempts; attempt++) {
    const pid = from(source.fd, number);
    // Of a namespace outside ours the kernel shows us only who is in ours as well.
    if (pid === null) return source.isBelowOurs ? 'noProcess' : 'unproven';
    const there = into(target.fd, pid);
    const back = into(source.fd, pid);
    if (back === number) return there ?? 'noneThere';
    // Twice the same process by another number: this one is a thread of it.
    if (back !== null && from(source.fd, number) === pid) return 'isThread';
  }
  return 'unproven';
}
