import { Actor } from './actor';
import { skipBecause } from './results';

/** Like `unshare`: makes `levels` PID namespaces inside each other; gives their inits, the outermost first. */
async function nest(context: Mocha.Context, levels: number, from?: Actor): Promise<Actor[]> {
  const inits: Actor[] = [];
  let inner = from ?? (await Actor.start());
  for (let level = 0; level < levels; level++) {
    try {
      inner = await inner.nest();
    } catch (error) {
      skipBecause(context, `no PID namespaces for this user here: ${String(error)}`);
    }
    inits.push(inner);
  }
  return inits;
}

/** Real PID namespaces, ended with their actors. */
export const namespaces = { nest };
