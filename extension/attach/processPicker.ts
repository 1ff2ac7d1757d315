import * as vscode from 'vscode';
import type { ProcessRow } from '../../native-host/protocol';
import { isKind } from '../../views/errorData';
import type { HostApi } from '../../views/hostApi';
import { l10n } from '../../views/l10n';
import { NothingDone } from '../errors';
import { rowItem, typedItem, type PickerItem } from './pickerItems';
import { parseTypedProcess, type TypedProcess } from './typedProcess';

/** Lets a person choose a process, from a list or by typing its number. Gives the row, with its key. */
export class ProcessPicker {
  constructor(private readonly host: HostApi) {}

  /** Undefined when it was cancelled; throws when there is no list, or no such process. */
  async pick(title: string): Promise<ProcessRow | undefined> {
    const choice = await new PickerSession(this.host, title).run();
    if (!choice) return undefined;
    return 'row' in choice ? choice.row : this.resolve(choice.typed);
  }

  private async resolve(typed: TypedProcess): Promise<ProcessRow> {
    try {
      return await (typed.kind === 'pid'
        ? this.host.request('processes/find', { pid: typed.pid })
        : this.host.request('processes/open', { key: typed.key }));
    } catch (error) {
      throw isKind(error, 'Gone') ? new NothingDone(noneTyped(typed)) : error;
    }
  }
}

/** One time that the list is open. */
class PickerSession {
  private readonly quickPick = vscode.window.createQuickPick<PickerItem>();
  private readonly refreshButton: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('refresh'),
    tooltip: l10n.t('Refresh'),
  };
  private rows: readonly ProcessRow[] = [];
  private typed: TypedProcess | undefined;

  constructor(
    private readonly host: HostApi,
    title: string,
  ) {
    this.quickPick.title = title;
    this.quickPick.placeholder = l10n.t('Search, or type a PID or PID:INODE');
    this.quickPick.matchOnDescription = true;
    this.quickPick.matchOnDetail = true;
    this.quickPick.buttons = [this.refreshButton];
  }

  async run(): Promise<PickerItem['choice'] | undefined> {
    try {
      return await new Promise((resolve, reject) => {
        this.quickPick.onDidAccept(() => {
          const [active] = this.quickPick.activeItems;
          if (active) resolve(active.choice); // Enter on an empty list chooses nothing yet
        });
        this.quickPick.onDidHide(() => resolve(undefined));
        this.quickPick.onDidChangeValue((value) => this.onType(value));
        this.quickPick.onDidTriggerButton(() => void this.load().catch(reject));
        this.quickPick.show();
        this.load().catch(reject);
      });
    } finally {
      this.quickPick.dispose();
    }
  }

  private async load(): Promise<void> {
    this.quickPick.busy = true;
    const rows = await this.list();
    this.rows = rows.filter(({ kind }) => kind !== 'kernelThread').sort(newestFirst);
    this.showItems();
    this.quickPick.busy = false;
  }

  /** Without a procfs there is no list, and a number that is typed serves all the same. */
  private async list(): Promise<readonly ProcessRow[]> {
    try {
      return (await this.host.request('processes/list', null)).rows;
    } catch (error) {
      if (!isKind(error, 'Unsupported')) throw error;
      this.quickPick.placeholder = l10n.t(
        'Type a PID or PID:INODE: there is no /proc to list from',
      );
      return [];
    }
  }

  /** A search leaves the list as it is; only a number changes what stands first. */
  private onType(value: string): void {
    const before = this.typed;
    this.typed = parseTypedProcess(value);
    if (before || this.typed) this.showItems();
  }

  private showItems(): void {
    const { typed } = this;
    const items = this.rows.map(rowItem);
    const first = typed && (this.listed(typed, items) ?? typedItem(typed));
    if (!first) {
      this.quickPick.items = items;
      return;
    }
    // What was typed exactly comes first, and is what Enter takes.
    this.quickPick.items = [{ ...first, alwaysShow: true }, ...items.filter((i) => i !== first)];
    this.quickPick.activeItems = this.quickPick.items.slice(0, 1);
  }

  private listed(typed: TypedProcess, items: readonly PickerItem[]): PickerItem | undefined {
    return items.find(({ choice }) => 'row' in choice && isTyped(choice.row, typed));
  }
}

/** A number may never have been anybody's; a key was. */
function noneTyped(typed: TypedProcess): string {
  return typed.kind === 'pid'
    ? l10n.t('There is no process with pid {0}.', typed.pid)
    : l10n.t('The process {0} has ended. No process was touched.', typed.key);
}

function isTyped(row: ProcessRow, typed: TypedProcess): boolean {
  return typed.kind === 'pid' ? row.pid === typed.pid : row.key === typed.key;
}

function newestFirst(a: ProcessRow, b: ProcessRow): number {
  return (b.startedAt ?? 0) - (a.startedAt ?? 0) || b.pid - a.pid;
}
