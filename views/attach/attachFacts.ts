import type { ProcessRow } from '../../native-host/protocol';
import { isKind } from '../errorData';
import type { HostApi } from '../hostApi';
import { l10n } from '../l10n';
import type { Fact } from '../processes/detailFacts';
import { attachFact } from './attachFact';
import { listeningFact } from './listeningFact';

/** What a tooltip says of debugging: where the process listens, and whether a debugger can attach. */
export async function attachFacts(host: HostApi, row: ProcessRow): Promise<readonly Fact[]> {
  const { key } = row;
  const [listening, attach] = await Promise.all([
    orWhyNot(() => listeningOf(host, row)),
    orWhyNot(async () => attachFact(await host.request('attach/preflight', { key }))),
  ]);
  const facts = [
    { name: l10n.t('Listens on'), value: listening },
    { name: l10n.t('Debugger'), value: attach },
  ];
  return facts.filter((fact): fact is Fact => fact.value !== undefined);
}

/** Kernel threads and zombies have no descriptors. */
async function listeningOf(
  host: HostApi,
  { key, kind, state }: ProcessRow,
): Promise<string | undefined> {
  if (kind === 'kernelThread' || state === 'Z') return undefined;
  const { processes } = await host.request('sockets/listening', { keys: [key] });
  return processes[0] && listeningFact(processes[0]);
}

/** Neither keeps the rest of a tooltip from being shown. That the process has ended is for all of it. */
async function orWhyNot(read: () => Promise<string | undefined>): Promise<string | undefined> {
  try {
    return await read();
  } catch (error) {
    if (isKind(error, 'Gone')) throw error;
    return l10n.t('unknown ({0})', (error as Error).message);
  }
}
