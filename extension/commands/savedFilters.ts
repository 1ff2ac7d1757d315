import * as vscode from 'vscode';
import { messageText, quickPickText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import type { SavedFilter } from '../../views/processes/savedFilters';
import { NothingDone } from '../errors';
import type { Services } from '../services';
import { listChanged } from '../quickPicks/listChanged';
import { roundTrip } from '../quickPicks/roundTrip';
import { ShownList } from '../quickPicks/shownList';

/** Asks under which name the filter that is set is to be kept. */
export async function saveFilter({ processes, savedFilters, messages }: Services): Promise<void> {
  const { filter, kernelThreads, otherUsers } = processes.choices;
  if (filter.trim() === '') throw new NothingDone(l10n.t('There is no filter to save.'));
  const names = savedFilters.all.map(({ name }) => name);
  const answer = await vscode.window.showInputBox({
    title: l10n.t('Save Filter'),
    prompt: l10n.t('Name for the filter "{0}"', messageText(filter)),
    value: filter,
    validateInput: (name) => warning(name.trim(), names),
  });
  const name = answer?.trim();
  if (!name) return;
  await savedFilters.save({ name, filter, kernelThreads, otherUsers });
  messages.status(l10n.t('Saved the filter "{0}"', name));
}

function warning(
  name: string,
  names: readonly string[],
): vscode.InputBoxValidationMessage | undefined {
  const { Warning, Error } = vscode.InputBoxValidationSeverity;
  if (name === '') return { message: l10n.t('A name is needed.'), severity: Error };
  if (!names.includes(name)) return undefined;
  return { message: l10n.t('There is one of this name; it will be replaced.'), severity: Warning };
}

interface Item extends vscode.QuickPickItem {
  readonly saved: SavedFilter;
}

/** Sets one of the filters that were saved; a button deletes one. */
export async function chooseFilter(services: Services): Promise<void> {
  const { processes, savedFilters } = services;
  if (savedFilters.all.length === 0) throw new NothingDone(l10n.t('No filter has been saved yet.'));
  const chosen = await pick(services);
  if (!chosen) return;
  const { filter, kernelThreads, otherUsers } = chosen;
  processes.choose({ filter, kernelThreads, otherUsers });
  await processes.storeChoices();
}

async function pick({ savedFilters, messages, log }: Services): Promise<SavedFilter | undefined> {
  const list = vscode.window.createQuickPick<Item>();
  const button = { iconPath: new vscode.ThemeIcon('trash'), tooltip: l10n.t('Delete') };
  const shown = new ShownList(list, (one, other) => one.saved.name === other.saved.name, roundTrip);
  const fill = () => shown.replace(savedFilters.all.map((saved) => toItem(saved, button)));
  list.title = l10n.t('Saved Filters');
  list.matchOnDescription = true;
  fill();
  try {
    return await new Promise((resolve) => {
      list.onDidTriggerItemButton(({ item }) => {
        if (!shown.isSure(item)) return; // a second click, upon one that has gone already
        const failed = (error: unknown) =>
          log.warn(`a filter could not be deleted: ${String(error)}`);
        void savedFilters.remove(item.saved.name).catch(failed).then(fill);
      });
      list.onDidAccept(() => {
        const [chosen] = list.selectedItems;
        list.selectedItems = []; // or choosing it again would not be told
        if (chosen && shown.isSure(chosen)) resolve(chosen.saved);
        else if (chosen) void messages.info(listChanged());
      });
      list.onDidHide(() => resolve(undefined));
      list.show();
    });
  } finally {
    list.dispose();
  }
}

function toItem(saved: SavedFilter, button: vscode.QuickInputButton): Item {
  const { name, filter, kernelThreads, otherUsers } = saved;
  const more = [
    filter !== name && filter,
    kernelThreads && l10n.t('with kernel threads'),
    !otherUsers && l10n.t("without other users' processes"),
  ];
  const description = quickPickText(more.filter(Boolean).join(' · '));
  return { saved, label: quickPickText(name), description, buttons: [button] };
}
