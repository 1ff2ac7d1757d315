import * as vscode from 'vscode';
import type { PidNamespace, Translation } from '../../native-host/protocol';
import { messageText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import type { Services } from '../services';
import { copy } from './clipboard';
import { namespaceFacts, namespaceName, orderNamespaces, proofText } from './namespaceTexts';
import { revealVerb } from './reveal';
import { parseTypedProcess } from '../attach/typedProcess';

/** From the palette: a number of some namespace, for instance from a container's log, to our process. */
export async function translatePid(services: Services): Promise<void> {
  const nsPid = await askNumber();
  if (nsPid === undefined) return;
  const namespace = await askNamespace(services, nsPid);
  if (!namespace) return;
  const found = await services.host.request('translate/find', { namespace: namespace.id, nsPid });
  if (found) await offer(services, nsPid, namespace, found);
  else await tellNone(services, nsPid, namespace);
}

async function askNumber(): Promise<number | undefined> {
  const text = await vscode.window.showInputBox({
    title: l10n.t('Translate PID'),
    prompt: l10n.t('A process number as a container or another PID namespace knows it'),
    validateInput: (value) =>
      pidOf(value) === undefined ? l10n.t('A whole number above 0, please.') : undefined,
  });
  return text === undefined ? undefined : pidOf(text);
}

function pidOf(text: string): number | undefined {
  const typed = parseTypedProcess(text);
  return typed?.kind === 'pid' ? typed.pid : undefined;
}

async function askNamespace({ host }: Services, nsPid: number): Promise<PidNamespace | undefined> {
  const items = host.request('namespaces/pid', null).then(({ namespaces }) =>
    orderNamespaces(namespaces).map((namespace) => ({
      label: namespaceName(namespace),
      description: namespaceFacts(namespace),
      namespace,
    })),
  );
  const chosen = await vscode.window.showQuickPick(items, {
    placeHolder: l10n.t('The PID namespace in which {0} is the number', nsPid),
    matchOnDescription: true,
  });
  return chosen?.namespace;
}

function tellNone(
  { messages }: Services,
  nsPid: number,
  namespace: PidNamespace,
): Promise<unknown> {
  const where = messageText(namespaceName(namespace));
  return messages.info(l10n.t('No process has number {0} in "{1}".', nsPid, where));
}

async function offer(
  services: Services,
  nsPid: number,
  namespace: PidNamespace,
  found: Translation,
): Promise<void> {
  const reveal = l10n.t('Reveal in Processes');
  const ours = l10n.t('Copy PID {0}', found.row.pid);
  const theirs = l10n.t('Copy {0}', nsPid);
  const where = messageText(namespaceName(namespace));
  const who = namedProcess(found.row);
  const text = l10n.t(
    'Number {0} in "{1}" is {2} here ({3}).',
    nsPid,
    where,
    who,
    proofText(found),
  );
  const answer = await services.messages.info(text, reveal, ours, theirs);
  if (answer === reveal) await revealVerb.run(services, found.row);
  if (answer === ours) await copy(services.messages, String(found.row.pid));
  if (answer === theirs) await copy(services.messages, String(nsPid));
}
