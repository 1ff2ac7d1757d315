import * as vscode from 'vscode';
import { quickPickText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { identifiedProcess } from '../../views/rowText';
import type { Target } from '../../views/targets/model';
import { NothingDone } from '../errors';
import type { Services } from '../services';

/** Ends a countdown with SIGKILL; asks which where several run. */
export async function killNow({ stops }: Services): Promise<void> {
  const { stopping } = stops;
  if (stopping.length === 0) throw new NothingDone(l10n.t('Nothing is being stopped.'));
  const target = stopping.length === 1 ? stopping[0] : await choose(stopping);
  if (target) stops.killNow(target);
}

async function choose(stopping: readonly Target[]): Promise<Target | undefined> {
  const items = stopping.map((target) => ({
    label: quickPickText(identifiedProcess(target.row)),
    target,
  }));
  const placeHolder = l10n.t('Which one to kill now');
  return (await vscode.window.showQuickPick(items, { placeHolder }))?.target;
}
