import type { Params, TreeReport } from '../protocol.js';
import { checkProgram, readersOf, type Handlers, type Parts } from './parts.js';

export function treeHandlers(
  parts: Parts,
): Pick<Handlers, 'tree/preview' | 'tree/stop' | 'tree/cancel'> {
  return {
    'tree/preview': async ({ key }) =>
      await readersOf(parts).trees.preview(parts.opener.byKey(key)),
    'tree/stop': (params) => stop(parts, params),
    'tree/cancel': ({ token }) => {
      parts.readers?.trees.cancel(token);
      return null;
    },
  };
}

async function stop(parts: Parts, params: Params<'tree/stop'>): Promise<TreeReport> {
  const { trees } = readersOf(parts);
  const root = parts.opener.byKey(params.key);
  try {
    await checkProgram(parts, root, params.program);
  } catch (error) {
    root[Symbol.dispose]();
    throw error;
  }
  return await trees.run(params.token, root, params.steps);
}
