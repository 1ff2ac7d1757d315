import { toErrorData, toHostError } from '../hostError.js';
import type { PidFd } from '../process/pidFd.js';
import type { Translation, TranslationItem, TranslationResult } from '../protocol.js';
import { tryEntry } from '../namespaces/enter/tryEntry.js';
import { readersOf, rowOf, type Handlers, type Parts } from './parts.js';

type Names =
  | 'translate/numbers'
  | 'translate/find'
  | 'translate/batch'
  | 'namespaces/ownTree'
  | 'namespaces/pid'
  | 'namespaces/subscribe'
  | 'namespaces/unsubscribe'
  | 'namespaces/enterable';

export function namespaceHandlers(parts: Parts): Pick<Handlers, Names> {
  return {
    'translate/numbers': async ({ key }) => {
      using process = parts.opener.byKey(key);
      return await translation(parts, process, parts.translation.translator.numbersProof);
    },
    'translate/find': async ({ namespace, nsPid }) => {
      const { translator } = parts.translation;
      using process = translator.find(namespace, nsPid);
      return process && (await translation(parts, process, translator.findProof));
    },
    'translate/batch': async ({ items }) => {
      const results: TranslationResult[] = [];
      for (const item of items) results.push(await translateItem(parts, item));
      return { results };
    },
    'namespaces/ownTree': ({ namespace }) => parts.translation.ownTree.read(namespace),
    'namespaces/pid': () => readersOf(parts).pidNamespaces.list(),
    'namespaces/subscribe': () => readersOf(parts).inventory.subscribe(),
    'namespaces/unsubscribe': () => {
      parts.readers?.inventory.unsubscribe();
      return null;
    },
    'namespaces/enterable': async ({ key, join, user }) => {
      using process = parts.opener.byKey(key);
      return await tryEntry(process, readersOf(parts).root, join, user);
    },
  };
}

/** One that fails does not keep the others from theirs. */
async function translateItem(parts: Parts, item: TranslationItem): Promise<TranslationResult> {
  try {
    return await parts.translation.batch.translate(item);
  } catch (error) {
    return { error: toErrorData(toHostError(error), parts.maxOpenFiles) };
  }
}

async function translation(
  parts: Parts,
  process: PidFd,
  proof: Translation['proof'],
): Promise<Translation> {
  const row = await rowOf(parts, process);
  return { row, numbers: parts.translation.translator.numbers(process), proof };
}
