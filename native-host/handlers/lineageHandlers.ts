import { HostError } from '../hostError.js';
import { readersOf, type Handlers, type Parts } from './parts.js';

export function lineageHandlers(
  parts: Parts,
): Pick<Handlers, 'lineage/follow' | 'lineage/left' | 'lineage/forget'> {
  return {
    'lineage/follow': ({ token, key, ours }) => {
      using root = parts.opener.byKey(key);
      const { followings, ancestry } = readersOf(parts);
      if (ours && !ancestry.isBelowVsCode(root.pid)) {
        throw new HostError('Refused', 'it descends from no VS Code of ours', { pid: root.pid });
      }
      followings.follow(token, root);
      return null;
    },
    'lineage/left': ({ token }) => readersOf(parts).followings.left(token),
    'lineage/forget': ({ token }) => {
      parts.readers?.followings.forget(token);
      return null;
    },
  };
}
