import type * as vscode from 'vscode';
import type { ProcessRow } from '../../native-host/protocol';
import { commandLine } from '../../views/commandLine';
import { quickPickText } from '../../views/escape';
import { timestamp } from '../../views/format';
import { l10n } from '../../views/l10n';
import { processIcon } from '../../views/processes/icons';
import { notableState, processName } from '../../views/rowText';
import type { TypedProcess } from './typedProcess';

export interface PickerItem extends vscode.QuickPickItem {
  readonly choice: { readonly row: ProcessRow } | { readonly typed: TypedProcess };
}

const longestDetail = 300;

/** What tells twins apart: number, user, start time, and the command line below. */
export function rowItem(row: ProcessRow): PickerItem {
  const started = l10n.t('started {0}', timestamp(row.startedAt));
  const description = [String(row.pid), row.user, started, notableState(row.state)];
  return {
    label: quickPickText(processName(row)),
    description: quickPickText(description.filter(Boolean).join(' · ')),
    detail: quickPickText(commandLine(row.args).slice(0, longestDetail)),
    iconPath: processIcon(row, false),
    choice: { row },
  };
}

/** For what was typed and is not listed (a kernel thread, or newer than the list). */
export function typedItem(typed: TypedProcess): PickerItem {
  const label =
    typed.kind === 'pid'
      ? l10n.t('The process that has pid {0} now', typed.pid)
      : l10n.t('The process {0}', typed.key);
  return { label, choice: { typed } };
}
