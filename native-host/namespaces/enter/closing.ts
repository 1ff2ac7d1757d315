import { firstInherited } from '../../kernel/inheriting.js';

/** dash knows descriptors of one digit, and takes 10 for a program: what a shell cannot close is tried apart, and left. */
const script = `while [ "$1" != -- ]; do
  (eval "exec $1<&-") 2>/dev/null && eval "exec $1<&-"
  shift
done
shift
exec "$@"`;

/**
 * nsenter(1) opens by path what it inherits, and leaves that open to the program that it runs, and to all that this one
 * starts: so a shell in there closes them first and becomes the program.
 */
export function closingFirst(
  shell: string,
  descriptors: number,
  command: readonly string[],
): string[] {
  const numbers = Array.from({ length: descriptors }, (_, index) => String(firstInherited + index));
  // It reads what its user set up also for -c, where it takes its input for a network's.
  const options = shell.endsWith('/bash') ? ['--norc', '-c'] : ['-c'];
  return [shell, ...options, script, shell, ...numbers, '--', ...command];
}
