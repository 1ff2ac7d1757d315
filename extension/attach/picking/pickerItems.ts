import * as vscode from 'vscode';
import type { ProcessRow } from '../../../native-host/protocol';
import { commandLine } from '../../../views/commandLine';
import { quickPickText } from '../../../views/escape';
import { timestamp } from '../../../views/format';
import { l10n } from '../../../views/l10n';
import { processIcon } from '../../../views/processes/icons';
import { notableState, processName } from '../../../views/rowText';
import type { RowFacts } from './pickFacts';
import type { TypedProcess } from './typedProcess';

export type Choice = { readonly row: ProcessRow } | { readonly typed: TypedProcess };

/** A separator has no choice. */
export interface PickerItem extends vscode.QuickPickItem {
  readonly choice?: Choice;
}

const longestDetail = 300;

/** What tells twins apart: numbers, container, user, start; and below, where it works and how it was called. */
export function rowItem(row: ProcessRow, facts: RowFacts = {}): PickerItem & { choice: Choice } {
  const started = l10n.t('started {0}', timestamp(row.startedAt));
  const description = [
    String(row.pid),
    placeText(facts),
    portsText(facts),
    row.user,
    started,
    notableState(row.state),
  ];
  const where = facts.cwd === undefined ? undefined : l10n.t('in {0}', facts.cwd);
  const refused = facts.refusal && l10n.t('no debugger can attach: {0}', facts.refusal);
  const called = commandLine(row.args).slice(0, longestDetail);
  return {
    label: quickPickText(processName(row)),
    description: quickPickText(description.filter(Boolean).join(' · ')),
    detail: quickPickText([refused, called, where].filter(Boolean).join(' · ')),
    iconPath: processIcon(row, false),
    choice: { row },
  };
}

/** For what was typed and is not listed (a kernel thread, or newer than the list). */
export function typedItem(typed: TypedProcess): PickerItem {
  return { label: typedText(typed), choice: { typed } };
}

export const separator = (label: string): PickerItem => ({
  label,
  kind: vscode.QuickPickItemKind.Separator,
});

/** `web:7`, as it can be typed. */
function placeText({ container, nsPid }: RowFacts): string | undefined {
  if (container === undefined) return nsPid === undefined ? undefined : l10n.t('{0} there', nsPid);
  return nsPid === undefined ? container : `${container}:${nsPid}`;
}

const mostPorts = 3;

/** `:80 :443`, as each can be typed. */
function portsText({ ports = [] }: RowFacts): string | undefined {
  const shown = ports.slice(0, mostPorts).map((port) => `:${port}`);
  return [...shown, ...(ports.length > mostPorts ? ['…'] : [])].join(' ');
}

function typedText(typed: TypedProcess): string {
  switch (typed.kind) {
    case 'pid':
      return l10n.t('The process that has pid {0} now', typed.pid);
    case 'key':
      return l10n.t('The process {0}', typed.key);
    case 'port':
      return l10n.t('The process that listens on port {0}', typed.port);
    case 'inside':
      return quickPickText(
        l10n.t('The process with number {0} in "{1}"', typed.nsPid, typed.container),
      );
  }
}
