import type { PidFd } from '../process/pidFd.js';
import type { Translation } from '../protocol.js';
import { readersOf, rowOf, type Handlers, type Parts } from './parts.js';

export function namespaceHandlers(
  parts: Parts,
): Pick<Handlers, 'translate/numbers' | 'translate/find' | 'namespaces/pid'> {
  return {
    'translate/numbers': async ({ key }) => {
      using process = parts.opener.byKey(key);
      return await translation(parts, process, 'pidfd');
    },
    'translate/find': async ({ namespace, nsPid }) => {
      const { translator } = readersOf(parts);
      using process = translator.find(namespace, nsPid);
      return process && (await translation(parts, process, translator.findProof));
    },
    'namespaces/pid': () => readersOf(parts).pidNamespaces.list(),
  };
}

async function translation(
  parts: Parts,
  process: PidFd,
  proof: Translation['proof'],
): Promise<Translation> {
  const row = await rowOf(parts, process);
  return { row, numbers: readersOf(parts).translator.numbers(process), proof };
}
