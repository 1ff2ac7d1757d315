import * as vscode from 'vscode';
import { l10n } from '../../views/l10n';
import { FilterError, parseFilter } from '../../views/processes/filter';
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
        input.validationMessage = problem(value);
        if (!input.validationMessage) view.choose({ filter: value });
      });
      input.onDidAccept(() => problem(input.value) || resolve(input.value));
      input.onDidHide(() => resolve(undefined));
      input.show();
    });
  } finally {
    input.dispose();
  }
}

/** What is wrong with a filter; empty when it can be read. */
function problem(value: string): string {
  try {
    parseFilter(value);
    return '';
  } catch (error) {
    if (error instanceof FilterError) {
      return l10n.t('This is no regular expression: {0}', error.message);
    }
    throw error;
  }
}
