import assert from 'node:assert/strict';
import type {
  InitializeResult,
  NamespaceId,
  NamespaceRef,
  TranslatedNumber,
  TranslatedNumbers,
  TranslationResult,
} from '../../native-host/protocol';
import type { Actor } from './actor';
import { has } from './has';
import type { HostClient } from './hostClient';
import { procfs } from './procfs';
import { requireCapability } from './requireCapability';

const ours: NamespaceRef = { kind: 'ours' };

const idOf = ({ pid }: Actor): NamespaceId => procfs.namespace(pid, 'pid');

const of = (actor: Actor): NamespaceRef => ({ kind: 'namespace', namespace: idOf(actor) });

const at = (path: string): NamespaceRef => ({ kind: 'path', path });

/** One item, which must succeed. */
async function batch(
  host: HostClient,
  numbers: readonly number[],
  source: NamespaceRef,
  target: NamespaceRef,
  threads = false,
): Promise<TranslatedNumbers> {
  const items = [{ numbers, source, target, threads }];
  const { results } = await host.request('translate/batch', { items });
  const [result] = results;
  assert.ok(result && results.length === 1);
  if ('error' in result) assert.fail(JSON.stringify(result.error));
  return result;
}

/** translate_pid(number, source, target) */
async function one(
  host: HostClient,
  number: number,
  source: NamespaceRef,
  target: NamespaceRef,
): Promise<TranslatedNumber | undefined> {
  return (await batch(host, [number], source, target)).answers[0];
}

const hasIoctls = ({ capabilities }: InitializeResult): boolean =>
  capabilities.some(({ id, available }) => id === 'translateIoctls' && available);

/** NS_GET_*_PIDNS, Linux 6.11 */
const requireIoctls = (context: Mocha.Context, initialized: InitializeResult): void =>
  requireCapability(context, initialized, 'translateIoctls');

/**
 * What the namespace of a zombie answers: nothing where the kernel tells it by the pidfd alone (6.11), which it does of
 * the living only; below that the link in /proc still leads there.
 */
async function assertOfZombie(
  result: TranslationResult | undefined,
  answers: readonly TranslatedNumber[],
): Promise<void> {
  assert.ok(result);
  if (await has('namespaceIoctls')) assert.equal('error' in result && result.error.kind, 'Gone');
  else assert.deepEqual('answers' in result && result.answers, answers);
}

/** Words for a host: translating as this kernel can, and as one below 6.11 does. */
const ways: readonly (readonly string[])[] = [[], ['--without=translateIoctls']];

/** For titles. */
const by = (words: readonly string[]): string => (words.length > 0 ? 'by scan' : '');

/** translate_pid() through the host, and what names namespaces to it. */
export const translations = {
  ...{ ours, idOf, of, at, batch, one, hasIoctls, requireIoctls, assertOfZombie, ways, by },
};
