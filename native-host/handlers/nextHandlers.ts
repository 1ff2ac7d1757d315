import { readersOf, type Handlers, type Parts } from './parts.js';

type Names = 'next/watch' | 'next/expect' | 'next/release' | 'next/end';

export function nextHandlers(parts: Parts): Pick<Handlers, Names> {
  return {
    'next/watch': ({ token, pattern, stop, under }) =>
      readersOf(parts).nexts.watch(token, { pattern, stop, under: under ?? null }),
    'next/expect': async ({ token, key }) => {
      await readersOf(parts).nexts.expect(token, key);
      return null;
    },
    'next/release': ({ token, key }) => {
      parts.readers?.nexts.release(token, key);
      return null;
    },
    'next/end': ({ token }) => {
      parts.readers?.nexts.end(token);
      return null;
    },
  };
}
