import * as vscode from 'vscode';
import type { Result } from '../../native-host/protocol';
import { isKind } from '../../views/errorData';
import { messageText, visible } from '../../views/escape';
import { timestamp } from '../../views/format';
import { l10n } from '../../views/l10n';
import { documentScheme } from '../contributions';
import { NothingDone } from '../errors';
import type { Services } from '../services';
import { askNamespace } from '../translating/askNamespace';
import type { ChosenNamespace } from '../translating/chosenNamespace';
import { ownTreeText } from '../translating/ownTreeText';

/**
 * The processes of a PID namespace as its own init sees them, in a document that nobody can edit. Asks for the namespace
 * where none is given.
 */
export async function showOwnTree(services: Services, given?: ChosenNamespace): Promise<void> {
  const chosen = given ?? (await ask(services));
  if (!chosen) return;
  const { namespace, rows } = await read(services, chosen);
  const heading = l10n.t(
    '{0} (PID namespace {1}) as its own init sees it, at {2}',
    visible(chosen.name),
    namespace,
    timestamp(Date.now()),
  );
  const path = `/PID namespace ${namespace}.txt`;
  const uri = vscode.Uri.from({ scheme: documentScheme, path });
  services.documents.set(uri, ownTreeText(rows, heading));
  await vscode.window.showTextDocument(uri, { preview: true });
}

function ask(services: Services): Promise<ChosenNamespace | undefined> {
  const title = l10n.t("Show a Namespace's Own Tree");
  return askNamespace(services, title, l10n.t('The PID namespace whose processes to show'));
}

async function read(
  { host }: Services,
  { ref, name }: ChosenNamespace,
): Promise<Result<'namespaces/ownTree'>> {
  try {
    return await host.request('namespaces/ownTree', { namespace: ref });
  } catch (error) {
    const reason = reasonOf(error, messageText(name));
    throw reason === undefined ? error : new NothingDone(reason);
  }
}

function reasonOf(error: unknown, name: string): string | undefined {
  if (isKind(error, 'Denied')) {
    return l10n.t(
      'The own tree of "{0}" cannot be shown: a procfs of it needs the capability CAP_SYS_ADMIN, which VS Code does not have here.',
      name,
    );
  }
  if (isKind(error, 'Unsupported')) {
    return l10n.t('The own tree of "{0}" cannot be shown: that needs Linux 6.18 or newer.', name);
  }
  if (isKind(error, 'Gone')) {
    return l10n.t('"{0}" is gone, or nobody in it can be seen.', name);
  }
  return undefined;
}
