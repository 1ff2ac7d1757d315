import * as vscode from 'vscode';
import type { ProcessRow, SignalPreviews } from '../../native-host/protocol';
import { systemClock } from '../../views/clock';
import { messageText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { signals } from '../../views/signals';
import type { Services } from '../services';
import { signalItem, type SignalItem } from './signalItems';
import type { OrderScope } from './signalOrder';

type Needed = Pick<Services, 'host' | 'log'>;
type Previews = SignalPreviews | undefined;

const patienceMs = 300;

export type PickerStep =
  | { readonly kind: 'signal'; readonly signal: number }
  | { readonly kind: 'value'; readonly signal: number }
  | { readonly kind: 'scope' };

/** The list of all signals; undefined when it was closed. Without a row nothing is foretold. */
export async function pickSignal(
  services: Needed,
  who: string,
  row: ProcessRow | undefined,
  scope: OrderScope,
): Promise<PickerStep | undefined> {
  const previews = row && (await foretellSoon(services, row));
  return new SignalPicker(previews, row !== undefined, title(who, scope)).run();
}

/** Waits a moment for what is foretold, so that no list changes under the hand that chooses from it. */
async function foretellSoon(services: Needed, row: ProcessRow): Promise<Previews> {
  let cancel = (): void => undefined;
  const late = new Promise<Previews>((resolve) => {
    cancel = systemClock.after(patienceMs, () => resolve(undefined));
  });
  return Promise.race([foretell(services, row), late]).finally(cancel);
}

/** The list is of use without: what cannot be foretold is not worth an error before anything was chosen. */
async function foretell({ host, log }: Needed, { key }: ProcessRow): Promise<Previews> {
  try {
    return await host.request('signal/previews', { key });
  } catch (error) {
    log.info(`no preview of signals for ${key}: ${String(error)}`);
    return undefined;
  }
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

  constructor(previews: Previews, hasRow: boolean, title: string) {
    this.quickPick.title = title;
    this.quickPick.placeholder = title;
    this.quickPick.matchOnDescription = true;
    this.quickPick.matchOnDetail = true;
    this.quickPick.buttons = hasRow ? [this.scopeButton] : [];
    this.quickPick.items = signals.map((signal) =>
      signalItem(signal, previews, [this.valueButton]),
    );
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
      });
    } finally {
      this.quickPick.dispose();
    }
  }
}
