import * as vscode from 'vscode';
import { quickPickText } from '../../views/escape';
import { listChanged } from '../quickPicks/listChanged';
import { roundTrip } from '../quickPicks/roundTrip';
import { ShownList } from '../quickPicks/shownList';
import type { InputHistory } from './inputHistory';

export interface Question<T> {
  readonly title: string;
  readonly placeholder: string;
  readonly history: InputHistory;
  /** Throws an `Error` with what is wrong. */
  readonly parse: (text: string) => T;
  readonly say: (text: string) => void;
}

interface Item extends vscode.QuickPickItem {
  readonly text: string;
}

/** Lets a person type, or choose what was typed before. Undefined when it was cancelled. */
export async function askWithHistory<T>(question: Question<T>): Promise<T | undefined> {
  const { title, placeholder, history, parse, say } = question;
  const box = vscode.window.createQuickPick<Item>();
  const list = new ShownList(box, (one, other) => one.text === other.text, roundTrip);
  Object.assign(box, { title, placeholder, ignoreFocusOut: true, items: itemsFor('', question) });
  box.onDidChangeValue((value) => list.replace(itemsFor(value, question)));
  try {
    const text = await new Promise<string | undefined>((resolve) => {
      box.onDidAccept(() => {
        const chosen = chosenIn(box, list);
        box.selectedItems = []; // or a second click on it would not be told
        if (chosen === 'unknown') say(listChanged());
        else if (chosen && problemOf(parse, chosen.text) === undefined) resolve(chosen.text);
      });
      box.onDidHide(() => resolve(undefined));
      box.show();
    });
    if (text === undefined) return undefined;
    await history.note(text);
    return parse(text);
  } finally {
    box.dispose();
  }
}

/** Whoever types may be faster than the list: then Enter is for what was typed, and a click on another row for nothing. */
function chosenIn(
  box: vscode.QuickPick<Item>,
  list: ShownList<Item>,
): Item | undefined | 'unknown' {
  const [row] = box.selectedItems;
  if (!list.isOnItsWay) return row;
  const typed = itemOf(box.value);
  const isTyped = !row || list.mayMean(row).some(({ text }) => text === typed.text);
  return isTyped ? typed : 'unknown';
}

/** What is typed comes first, and is what Enter takes; what is wrong with it stands below. */
function itemsFor<T>(typed: string, { history, parse }: Question<T>): Item[] {
  const earlier = history.all.filter((text) => text !== typed).map(itemOf);
  if (typed.trim() === '') return earlier;
  const detail = problemOf(parse, typed);
  return [{ ...itemOf(typed), alwaysShow: true, ...(detail && { detail }) }, ...earlier];
}

const itemOf = (text: string): Item => ({ label: quickPickText(text), text });

function problemOf(parse: (text: string) => unknown, text: string): string | undefined {
  try {
    parse(text);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
