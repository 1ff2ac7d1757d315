import { HostError } from '../hostError.js';
import type { Params } from '../protocol.js';
import { rowOf, type Handlers, type Parts } from './parts.js';

export function targetHandlers(parts: Parts): Pick<Handlers, 'target/hold' | 'target/release'> {
  return {
    'target/hold': (params) => hold(parts, params),
    'target/release': ({ token }) => {
      parts.targets.release(token);
      return null;
    },
  };
}

/** @throws HostError Invalid: the token is in use, or was released meanwhile */
async function hold(parts: Parts, { token, key }: Params<'target/hold'>) {
  const process = parts.opener.byKey(key);
  const { targets } = parts;
  targets.hold(token, process); // at once, so that a release on the heels of this request finds it
  try {
    const row = await rowOf(parts, process);
    if (targets.holds(token, process)) {
      targets.watch(token);
      return { row };
    }
  } catch (error) {
    if (targets.holds(token, process)) {
      targets.release(token);
      throw error;
    }
  }
  throw new HostError('Invalid', 'released before it was held'); // and closed under whoever was reading it
}
