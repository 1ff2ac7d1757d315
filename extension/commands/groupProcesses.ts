import * as vscode from 'vscode';
import { l10n } from '../../views/l10n';
import { groupings, type Grouping } from '../../views/processes/grouping';
import type { Services } from '../services';

type Item = vscode.QuickPickItem & { readonly grouping: Grouping };

function title(grouping: Grouping): string {
  switch (grouping) {
    case 'parent':
      return l10n.t('By Parent');
    case 'container':
      return l10n.t('By Container');
    case 'cgroup':
      return l10n.t('By Cgroup');
    case 'pidNamespace':
      return l10n.t('By PID Namespace');
    case 'user':
      return l10n.t('By User');
    case 'executable':
      return l10n.t('By Executable');
  }
}

export async function groupProcesses({ processes }: Services): Promise<void> {
  const current = processes.choices.grouping;
  const items = groupings.map((grouping): Item => ({
    grouping,
    label: title(grouping),
    ...(grouping === current && { description: l10n.t('now') }),
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: l10n.t('Group Processes') });
  if (!chosen) return;
  processes.choose({ grouping: chosen.grouping });
  await processes.storeChoices();
}
