/** prctl(2) on ourselves. */
import { PR_GET_NAME, PR_SET_NAME } from './constants.js';
import { checked } from './libc.js';

const prctl = checked('prctl', 'int prctl(int operation, void *name)');
const name = Buffer.alloc(16);

/**
 * Gives our first thread the name that it has. Nobody sees a difference, and the kernel announces it to all who listen
 * to the proc connector, in this very call.
 */
export function announceOurselves(): void {
  prctl(PR_GET_NAME, name);
  prctl(PR_SET_NAME, name);
}
