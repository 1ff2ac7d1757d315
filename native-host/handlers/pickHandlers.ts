import { readersOf, rowOf, type Handlers, type Parts } from './parts.js';

/** What somebody wants to know who chooses a process to debug. */
export function pickHandlers(parts: Parts): Pick<Handlers, 'processes/folders' | 'attach/runtime'> {
  return {
    'processes/folders': async ({ keys }) => ({
      folders: await readersOf(parts).folders.read(keys),
    }),
    'attach/runtime': async ({ key }) => {
      using process = parts.opener.byKey(key);
      const { comm } = await rowOf(parts, process);
      return { kind: await readersOf(parts).runtimes.of(process, comm) };
    },
  };
}
