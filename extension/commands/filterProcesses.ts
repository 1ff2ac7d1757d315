import * as vscode from 'vscode';
import { l10n } from '../../views/l10n';
import { FilterError, FilterTooSlow } from '../../views/processes/filter';
import type { Services } from '../services';

/** Asks for a filter and applies it while it is typed; leaving without Enter brings the one before back. */
export async function filterProcesses({ processes }: Services, argument: unknown): Promise<void> {
  const before = processes.choices.filter;
  const filter = typeof argument === 'string' ? argument : await ask(before, processes);
  processes.choose({ filter: filter ?? before });
  await processes.storeChoices();
}

async function ask(before: string, view: Services['processes']): Promise<string | undefined> {
  const input = vscode.window.createInputBox();
  input.title = l10n.t('Filter Processes');
  input.prompt = l10n.t('Name, argument, PID or user; /…/ for a regular expression');
  input.value = before;
  try {
    return await new Promise((resolve) => {
      input.onDidChangeValue((value) => {
        input.validationMessage = problem(view, value);
      });
      input.onDidAccept(() => input.validationMessage || resolve(input.value));
      input.onDidHide(() => resolve(undefined));
      input.show();
    });
  } finally {
    input.dispose();
  }
}

/** Applies a filter. What is wrong with it, and then the one before stays; empty when nothing is. */
function problem(view: Services['processes'], filter: string): string {
  try {
    view.choose({ filter });
    return '';
  } catch (error) {
    if (error instanceof FilterTooSlow) return error.message;
    if (error instanceof FilterError) {
      return l10n.t('This is no regular expression: {0}', error.message);
    }
    throw error;
  }
}
