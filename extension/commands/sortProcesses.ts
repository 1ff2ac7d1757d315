import * as vscode from 'vscode';
import { l10n } from '../../views/l10n';
import { orders, type Order } from '../../views/processes/order';
import type { Services } from '../services';

type Item = vscode.QuickPickItem & { readonly order: Order };

function title(order: Order): string {
  switch (order) {
    case 'start':
      return l10n.t('By Start, Oldest First');
    case 'pid':
      return l10n.t('By PID');
    case 'name':
      return l10n.t('By Name');
    case 'cpu':
      return l10n.t('By CPU, Most First');
    case 'memory':
      return l10n.t('By Memory, Most First');
  }
}

export async function sortProcesses({ processes }: Services): Promise<void> {
  const current = processes.choices.order;
  const items = orders.map((order): Item => ({
    order,
    label: title(order),
    ...(order === current && { description: l10n.t('now') }),
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: l10n.t('Sort Processes') });
  if (!chosen) return;
  processes.choose({ order: chosen.order });
  await processes.storeChoices();
}
