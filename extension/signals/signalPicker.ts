import * as vscode from 'vscode';
import type { ProcessRow, SignalPreview } from '../../native-host/protocol';
import { messageText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { signals } from '../../views/signals';
import type { Services } from '../services';
import { signalItem, type SignalItem } from './signalItems';
import type { OrderScope } from './signalOrder';

export type PickerStep =
  | { readonly kind: 'signal'; readonly signal: number }
  | { readonly kind: 'value'; readonly signal: number }
  | { readonly kind: 'scope' };

/** The list of all signals; undefined when it was closed. Without a row nothing is foretold. */
export function pickSignal(
  services: Pick<Services, 'host' | 'log'>,
  who: string,
  row: ProcessRow | undefined,
  scope: OrderScope,
): Promise<PickerStep | undefined> {
  return new SignalPicker(services, row, title(who, scope)).run();
}

function title(who: string, scope: OrderScope): string {
  if (scope.kind === 'group') return l10n.t('Signal for the process group of {0}', who);
  if (scope.kind === 'process') return l10n.t('Signal for {0}', who);
  const { tid, comm } = scope.thread;
  return l10n.t('Signal for thread {0} ({1}) of {2}', tid, messageText(comm), who);
}

class SignalPicker {
  private readonly quickPick = vscode.window.createQuickPick<SignalItem>();
  private readonly valueButton: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('symbol-numeric'),
    tooltip: l10n.t('With Value...'),
  };
  private readonly scopeButton: vscode.QuickInputButton = {
    iconPath: new vscode.ThemeIcon('list-selection'),
    tooltip: l10n.t('Thread or Group...'),
  };

  constructor(
    private readonly services: Pick<Services, 'host' | 'log'>,
    private readonly row: ProcessRow | undefined,
    title: string,
  ) {
    this.quickPick.title = title;
    this.quickPick.placeholder = title;
    this.quickPick.matchOnDescription = true;
    this.quickPick.matchOnDetail = true;
    this.quickPick.buttons = row ? [this.scopeButton] : [];
    this.show(new Map());
  }

  async run(): Promise<PickerStep | undefined> {
    try {
      return await new Promise<PickerStep | undefined>((resolve) => {
        this.quickPick.onDidAccept(() => {
          const [active] = this.quickPick.activeItems;
          if (active) resolve({ kind: 'signal', signal: active.signal });
        });
        this.quickPick.onDidTriggerItemButton(({ item }) =>
          resolve({ kind: 'value', signal: item.signal }),
        );
        this.quickPick.onDidTriggerButton(() => resolve({ kind: 'scope' }));
        this.quickPick.onDidHide(() => resolve(undefined));
        this.quickPick.show();
        if (this.row) void this.foretell(this.row);
      });
    } finally {
      this.quickPick.dispose();
    }
  }

  private show(previews: ReadonlyMap<number, SignalPreview>): void {
    const [active] = this.quickPick.activeItems;
    this.quickPick.keepScrollPosition = true;
    this.quickPick.items = signals.map((signal) =>
      signalItem(signal, previews.get(signal.number), [this.valueButton]),
    );
    const again = this.quickPick.items.find(({ signal }) => signal === active?.signal);
    if (again) this.quickPick.activeItems = [again];
  }

  /** The list is of use without: what cannot be foretold is not worth an error before anything was chosen. */
  private async foretell({ key }: ProcessRow): Promise<void> {
    this.quickPick.busy = true;
    const ask = ({ number }: { number: number }) =>
      this.services.host.request('signal/preview', { key, signal: number });
    try {
      const previews = await Promise.all(signals.map(ask));
      this.show(new Map(signals.map(({ number }, index) => [number, previews[index]!])));
    } catch (error) {
      this.services.log.info(`no preview of signals for ${key}: ${String(error)}`);
    }
    this.quickPick.busy = false;
  }
}
