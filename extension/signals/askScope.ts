import * as vscode from 'vscode';
import type { CapabilityId, ProcessRow, ThreadRow } from '../../native-host/protocol';
import { quickPickText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { namedProcess, notableState } from '../../views/rowText';
import type { Services } from '../services';
import type { OrderScope } from './signalOrder';

type Item = vscode.QuickPickItem & { readonly scope?: OrderScope };

/** The process, its group, or one of its threads; undefined leaves it as it was. */
export async function askScope(
  { host }: Pick<Services, 'host'>,
  row: ProcessRow,
): Promise<OrderScope | undefined> {
  const threads = hasThreads(host)
    ? (await host.request('signal/threads', { key: row.key })).threads
    : undefined;
  const chosen = await vscode.window.showQuickPick(items(threads), {
    title: l10n.t('Who of {0} gets the signal', namedProcess(row)),
    matchOnDescription: true,
  });
  return chosen?.scope;
}

function hasThreads({ state }: Services['host']): boolean {
  if (state.kind !== 'ready') return false;
  const { capabilities } = state.hello;
  const needed: readonly CapabilityId[] = ['threadPidfds', 'pidfdInfo'];
  return needed.every((id) => capabilities.some((one) => one.id === id && one.available));
}

function items(threads: readonly ThreadRow[] | undefined): Item[] {
  const separator = { label: l10n.t('one thread'), kind: vscode.QuickPickItemKind.Separator };
  return [
    {
      label: l10n.t('Process'),
      detail: l10n.t('any thread that does not block the signal takes it'),
      scope: { kind: 'process' },
    },
    {
      label: l10n.t('Process group'),
      detail: l10n.t('every process of its group; one by one where the leader is gone'),
      scope: { kind: 'group' },
    },
    separator,
    ...(threads?.map(threadItem) ?? [{ label: l10n.t('This kernel cannot: Linux 6.13 or newer') }]),
  ];
}

function threadItem(thread: ThreadRow): Item {
  const description = [String(thread.tid), notableState(thread.state)].filter(Boolean).join(' · ');
  return { label: quickPickText(thread.comm), description, scope: { kind: 'thread', thread } };
}
