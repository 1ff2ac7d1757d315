import { readersOf, type Handlers, type Parts } from './parts.js';

export function proofHandlers(parts: Parts): Pick<Handlers, 'attach/proof' | 'attach/traced'> {
  return {
    'attach/proof': async ({ key }) => {
      using process = parts.opener.byKey(key);
      return await readersOf(parts).tracing.proof(process);
    },
    'attach/traced': async () => ({ traced: await readersOf(parts).tracing.all() }),
  };
}
