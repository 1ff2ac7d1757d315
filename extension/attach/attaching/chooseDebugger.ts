import * as vscode from 'vscode';
import type { ProcessKind, ProcessRow } from '../../../native-host/protocol';
import { quickPickText } from '../../../views/escape';
import { l10n } from '../../../views/l10n';
import { namedProcess } from '../../../views/rowText';
import { NothingDone } from '../../errors';
import type { Services } from '../../services';
import { offer } from '../../offer';
import { debuggers } from '../debuggers';
import { DebuggerChoice } from './debuggerChoice';
import { installedDebuggers, type InstalledDebugger } from './installedDebuggers';

/** The one that was chosen for that kind of program before, unless `anew`. Undefined: cancelled, or there is none. */
export async function chooseDebugger(
  services: Services,
  row: ProcessRow,
  kind: ProcessKind,
  anew: boolean,
): Promise<InstalledDebugger | undefined> {
  const offered = offeredFor(kind);
  const choice = new DebuggerChoice(services.memory);
  const [only, another] = offered;
  if (!only) return noneFor(services, row, kind);
  if (!anew && !another) return only;
  const before = choice.of(kind, offered);
  if (before && !anew) return before;
  const chosen = await ask(row, offered, before);
  if (chosen) await choice.remember(kind, chosen);
  return chosen;
}

/** Whether that type would be taken without a question, or is as good as any: nothing has been chosen yet. */
export function wouldUse({ memory }: Pick<Services, 'memory'>, kind: ProcessKind, type: string) {
  const offered = offeredFor(kind);
  const before = new DebuggerChoice(memory).of(kind, offered);
  return before ? before.debugger.type === type : offered.some((one) => one.debugger.type === type);
}

/** The first that is installed. */
export const installedOfType = (type: string) =>
  installedDebuggers(vscode.extensions.all).find((one) => one.debugger.type === type)?.debugger;

function offeredFor(kind: ProcessKind): readonly InstalledDebugger[] {
  const all = installedDebuggers(vscode.extensions.all);
  return all.filter((one) => one.debugger.kinds.includes(kind) && isShown(one, all));
}

/** Two names of one debugger are one choice. */
function isShown({ debugger: { type } }: InstalledDebugger, all: readonly InstalledDebugger[]) {
  const has = (other: string) => all.some((one) => one.debugger.type === other);
  if (type === 'pwa-node') return !has('node');
  return type !== 'python' || !has('debugpy');
}

async function ask(
  row: ProcessRow,
  offered: readonly InstalledDebugger[],
  before: InstalledDebugger | undefined,
): Promise<InstalledDebugger | undefined> {
  const items = offered.map((one) => ({
    label: quickPickText(one.label),
    description: one.debugger.type,
    detail: one.debugger.extension,
    picked: one === before,
    one,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: l10n.t('Attach to {0}', namedProcess(row)),
    placeHolder: l10n.t('Debugger, remembered for programs of this kind'),
  });
  return chosen?.one;
}

/** Not waited for: the command is over when it is on screen. */
function noneFor(services: Services, row: ProcessRow, kind: ProcessKind): undefined {
  const fitting = debuggers.filter(
    ({ kinds, type }) => kinds.includes(kind) && type !== 'pwa-node',
  );
  const ids = [...new Set(fitting.map(({ extension }) => extension))];
  if (ids.length === 0) {
    throw new NothingDone(l10n.t('There is no debugger for {0}.', namedProcess(row)));
  }
  const text = l10n.t(
    'No debugger for {0} is installed, or it is disabled. One of these would do: {1}.',
    namedProcess(row),
    ids.join(', '),
  );
  void offer(services, 'warn', text, {
    title: l10n.t('Search in Marketplace'),
    run: () =>
      vscode.commands.executeCommand(
        'workbench.extensions.search',
        ids.map((id) => `@id:${id}`).join(' '),
      ),
  });
  return undefined;
}
