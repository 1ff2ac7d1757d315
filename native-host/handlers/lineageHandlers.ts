import { readersOf, type Handlers, type Parts } from './parts.js';

export function lineageHandlers(
  parts: Parts,
): Pick<Handlers, 'lineage/follow' | 'lineage/left' | 'lineage/forget'> {
  return {
    'lineage/follow': ({ token, key }) => {
      using root = parts.opener.byKey(key);
      readersOf(parts).followings.follow(token, root);
      return null;
    },
    'lineage/left': ({ token }) => readersOf(parts).followings.left(token),
    'lineage/forget': ({ token }) => {
      parts.readers?.followings.forget(token);
      return null;
    },
  };
}
