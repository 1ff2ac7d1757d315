import * as vscode from 'vscode';
import type { NextPattern } from '../../../native-host/protocol';
import { l10n } from '../../../views/l10n';
import type { Services } from '../../services';
import { showProgress } from '../../stopping/stopProgress';
import { askWithHistory } from '../askWithHistory';
import { debugFound } from './debugFound';
import { parseNextPattern } from './nextPattern';
import type { NextOrder } from './nextProcesses';
import { notStoppedText } from './nextTexts';
import { readWaitFor } from './waitFor';
import { waitInView, type Waited } from './showWaiting';

/**
 * Waits for a process that does not exist yet, and debugs it. Keybindings and other extensions may give
 * `{ pattern, stop }`, and nothing is asked then.
 */
export async function attachToNext(services: Services, given?: unknown): Promise<void> {
  const order = given === undefined ? await ask(services) : read(given);
  if (!order) return;
  const { stop } = order;
  const waited = await waitInView(services.starts.next, showProgress, order);
  if (!waited) return;
  try {
    await debug(services, waited, stop);
  } finally {
    await waited.end();
  }
}

async function debug(services: Services, { found }: Waited, stop: boolean): Promise<void> {
  if (stop && !found.stopped) services.messages.status(notStoppedText(found.row));
  await services.starts.heldNotes.during(found.row, () => debugFound(services, found));
}

function read(given: unknown): NextOrder {
  const { pattern, stop } = readWaitFor(given);
  return { pattern: parseNextPattern(pattern), stop };
}

async function ask(services: Services): Promise<NextOrder | undefined> {
  const pattern = await askPattern(services);
  const stop = pattern && (await askStop());
  return pattern && stop !== undefined ? { pattern, stop } : undefined;
}

function askPattern({ starts, messages }: Services): Promise<NextPattern | undefined> {
  return askWithHistory({
    title: l10n.t('Attach to Next'),
    placeholder: l10n.t('Name, path of the executable, or /regular expression/'),
    history: starts.patterns,
    parse: parseNextPattern,
    say: (text) => void messages.info(text),
  });
}

async function askStop(): Promise<boolean | undefined> {
  const items = [
    {
      label: l10n.t('Stop it as it starts'),
      detail: l10n.t(
        'It goes on when the debugger has attached, so that its start can be debugged',
      ),
      stop: true,
    },
    {
      label: l10n.t('Let it run'),
      detail: l10n.t('It is attached to while it starts'),
      stop: false,
    },
  ];
  return (await vscode.window.showQuickPick(items, { title: l10n.t('Attach to Next') }))?.stop;
}
