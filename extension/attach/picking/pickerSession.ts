import * as vscode from 'vscode';
import type { ProcessRow } from '../../../native-host/protocol';
import { isKind } from '../../../views/errorData';
import type { HostApi } from '../../../views/hostApi';
import { l10n } from '../../../views/l10n';
import type { LiveNamespaces } from '../../../views/liveNamespaces';
import { listChanged } from '../../quickPicks/listChanged';
import { roundTrip } from '../../quickPicks/roundTrip';
import { anything, type PickArguments } from './pickArguments';
import { PickerBox } from './pickerBox';
import { rowItem, separator, typedItem, type Choice, type PickerItem } from './pickerItems';
import { PickFacts } from './pickFacts';
import { isTraced, isTyped, needsFacts, ofAnyKind, pickList, type PickList } from './pickList';
import { RefreshScheduler } from '../../../views/refreshScheduler';
import { systemClock } from '../../../views/clock';
import type { RecentPrograms } from './recentPrograms';
import { parseTypedProcess, type TypedProcess } from './typedProcess';

export interface PickerParts {
  readonly host: HostApi;
  readonly namespaces: LiveNamespaces;
  readonly recents: RecentPrograms;
  readonly log: (line: string) => void;
  readonly say: (text: string) => void;
}

/** What is looked up comes in pieces. */
const drawMs = 150;

export interface PickManner {
  /** The kernel is asked about whom the cursor is on. */
  readonly isForDebugger?: boolean;
  /** With a box to tick on each row. */
  readonly takesSeveral?: boolean;
}

/** One time that the list is open. It opens at once; what is looked up about its rows comes later. */
export class PickerSession {
  private readonly quickPick = vscode.window.createQuickPick<PickerItem>();
  private readonly box: PickerBox;
  private readonly refreshButton = button('refresh', l10n.t('Refresh'));
  private readonly allButton = button('clear-all', l10n.t('List All Processes'));
  private readonly facts: PickFacts;
  private readonly drawing = new RefreshScheduler(systemClock, drawMs, () => this.draw());
  private fail: (error: unknown) => void = () => undefined;
  private rows: readonly ProcessRow[] = [];
  private typed: TypedProcess | undefined;

  constructor(
    private readonly parts: PickerParts,
    title: string,
    private wanted: PickArguments,
    private readonly manner: PickManner,
  ) {
    const { host, namespaces, log } = parts;
    this.facts = new PickFacts(host, namespaces, log);
    const { quickPick } = this;
    quickPick.canSelectMany = manner.takesSeveral ?? false;
    quickPick.matchOnDescription = true;
    quickPick.matchOnDetail = true;
    quickPick.keepScrollPosition = true;
    this.box = new PickerBox(quickPick, roundTrip);
    quickPick.title = wanted.filter ? `${title} · ${wanted.filter.text}` : title;
    quickPick.placeholder = l10n.t('Search, or type a PID, PID:INODE, CONTAINER:PID or :PORT');
    quickPick.buttons = isNarrow(wanted)
      ? [this.allButton, this.refreshButton]
      : [this.refreshButton];
  }

  /** Empty: cancelled. */
  async run(): Promise<readonly Choice[]> {
    try {
      return (await this.onlyOne()) ?? (await this.ask());
    } finally {
      this.drawing.dispose();
      this.facts.dispose();
      this.box.dispose();
      this.quickPick.dispose();
    }
  }

  /** Without a question, where that was asked for and there is nothing to ask. */
  private async onlyOne(): Promise<readonly Choice[] | undefined> {
    if (!this.wanted.autoPickIfUnique) return undefined;
    this.rows = await this.list();
    if (needsFacts(this.wanted)) await this.facts.lookUp(this.rows);
    await this.lookUpKinds();
    const { recent, others } = this.listed();
    const [row, another] = [...recent, ...others];
    return row && !another ? [{ row }] : undefined;
  }

  private ask(): Promise<readonly Choice[]> {
    const { quickPick } = this;
    return new Promise((resolve, reject) => {
      this.fail = reject;
      quickPick.onDidAccept(() => {
        const choices = (this.box.meant() ?? this.refuse()).flatMap(({ choice }) => choice ?? []);
        if (choices.length > 0) resolve(choices); // Enter on an empty list chooses nothing yet
      });
      quickPick.onDidHide(() => resolve([]));
      quickPick.onDidChangeValue((value) => this.onType(value));
      quickPick.onDidTriggerButton((pressed) => {
        if (pressed === this.allButton) this.listAll();
        this.load().catch(reject);
      });
      quickPick.onDidChangeActive(([active]) => this.look(active));
      this.facts.onDidChange(() => this.drawing.schedule());
      quickPick.show();
      this.load().catch(reject);
    });
  }

  private refuse(): readonly PickerItem[] {
    this.parts.say(listChanged());
    return [];
  }

  private async load(): Promise<void> {
    this.quickPick.busy = true;
    this.rows = await this.list();
    this.showItems();
    await this.facts.lookUp(this.rows);
    await this.lookUpKinds();
    this.quickPick.busy = false;
  }

  private lookUpKinds(): Promise<void> {
    return this.facts.lookUpKinds(ofAnyKind(this.rows, this.wanted, this.facts));
  }

  /** Without a procfs there is no list, and a number that is typed serves all the same. */
  private async list(): Promise<readonly ProcessRow[]> {
    try {
      return (await this.parts.host.request('processes/list', null)).rows;
    } catch (error) {
      if (!isKind(error, 'Unsupported')) throw error;
      this.quickPick.placeholder = l10n.t(
        'Type a PID or PID:INODE: there is no /proc to list from',
      );
      return [];
    }
  }

  private look(active: PickerItem | undefined): void {
    const choice = active?.choice;
    if (!this.manner.isForDebugger || !choice || !('row' in choice)) return;
    if (isTraced(choice.row, this.wanted.debugger)) void this.facts.askKernel(choice.row);
  }

  private listed(): PickList {
    return pickList(this.rows, this.wanted, this.facts, this.parts.recents);
  }

  private listAll(): void {
    this.wanted = anything;
    this.quickPick.buttons = [this.refreshButton];
  }

  /** A search leaves the list as it is; only what names a process changes what stands first. */
  private onType(value: string): void {
    const before = this.typed;
    this.typed = parseTypedProcess(value);
    if (before || this.typed) this.draw(true);
  }

  /** In events, where nobody catches: a filter can turn out to be too slow on what was looked up. */
  private draw(isTyping = false): void {
    try {
      this.showItems(isTyping);
    } catch (error) {
      this.fail(error);
    }
  }

  private showItems(isTyping = false): void {
    const typed = this.typed ? this.typedItems(this.typed) : [];
    this.box.show({ typed, others: this.items() }, isTyping);
  }

  private items(): PickerItem[] {
    const { recent, others } = this.listed();
    if (recent.length === 0) return others.map((row) => this.item(row));
    return [
      separator(l10n.t('debugged lately')),
      ...recent.map((row) => this.item(row)),
      separator(l10n.t('newest first')),
      ...others.map((row) => this.item(row)),
    ];
  }

  private item(row: ProcessRow): PickerItem {
    return rowItem(row, this.facts.of(row));
  }

  /** It may be one that the list leaves out. */
  private typedItems(typed: TypedProcess): PickerItem[] {
    const rows = this.rows.filter((row) => isTyped(row, typed, this.facts));
    return rows.length > 0 ? rows.map((row) => this.item(row)) : [typedItem(typed)];
  }
}

const button = (icon: string, tooltip: string): vscode.QuickInputButton => ({
  iconPath: new vscode.ThemeIcon(icon),
  tooltip,
});

const isNarrow = (wanted: PickArguments) =>
  Object.keys(wanted).length > Object.keys(anything).length;
