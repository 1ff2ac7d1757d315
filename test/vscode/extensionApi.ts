import * as vscode from 'vscode';
import type { ProcessRow } from '../../native-host/protocol';
import type { Shown } from '../../extension/messages';
import type { TestApi } from '../../extension/testApi';
import { eventually } from '../support/eventually';

/** What the extension gives to tests, and to nobody else. */
export async function extensionApi(): Promise<TestApi> {
  const extension = vscode.extensions.getExtension<TestApi>('pidfd-explorer.pidfd-explorer');
  if (!extension) throw new Error('not installed');
  return extension.activate();
}

/** Runs `action` and gives what was said meanwhile; `answer` is the button that is pressed. */
export async function messagesOf(
  api: TestApi,
  action: () => PromiseLike<unknown>,
  answer?: (message: Shown) => string | undefined,
): Promise<Shown[]> {
  const shown: Shown[] = [];
  const listening = api.messages.onDidShow((message) => shown.push(message));
  api.messages.answer = answer ?? (() => undefined);
  try {
    await action();
    return shown;
  } finally {
    listening.dispose();
    api.messages.answer = undefined;
  }
}

export async function rowOf(api: TestApi, pid: number): Promise<ProcessRow> {
  return api.host.request('processes/find', { pid });
}

/** What VS Code hands to a row command: the tree's own element. */
export async function elementOf(api: TestApi, pid: number): Promise<object> {
  const { key } = await rowOf(api, pid);
  await api.processes.reveal(key);
  const { model } = api.processes.controller;
  return eventually(`row of ${pid}`, () => model.tree.element(key), 10_000);
}

/** One after the other: older VS Codes register an element twice where two are revealed at once. */
export async function elementsOf(api: TestApi, pids: readonly number[]): Promise<object[]> {
  const elements: object[] = [];
  for (const pid of pids) elements.push(await elementOf(api, pid));
  return elements;
}
