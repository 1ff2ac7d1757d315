import * as vscode from 'vscode';
import { protocolVersion, type ProcessKind } from '../../../native-host/protocol';
import { isKind } from '../../../views/errorData';
import { messageText } from '../../../views/escape';
import { l10n } from '../../../views/l10n';
import { NothingDone } from '../../errors';
import type { Services } from '../../services';
import { showProgress } from '../../stopping/stopProgress';
import { askWithHistory } from '../askWithHistory';
import { installedOfType, wouldUse } from '../attaching/chooseDebugger';
import { debugFound } from '../next/debugFound';
import type { Wait } from '../next/nextProcesses';
import { commandWords } from './commandWords';
import { languageSwitch } from './languageSwitch';
import { RunDoor } from './runDoor';
import { openRunTerminal } from './runTerminal';

type Words = readonly [string, ...string[]];

/**
 * Starts a command in a terminal, held before its first instruction, and debugs it. Keybindings and other extensions may
 * give it, as text or as a list of words, and nothing is asked then.
 */
export async function runAndAttach(services: Services, given?: unknown): Promise<void> {
  const words = given === undefined ? await ask(services) : read(given);
  if (words) await run(services, words);
}

function read(given: unknown): Words {
  try {
    return commandWords(typeof given === 'string' ? given : JSON.stringify(given));
  } catch (error) {
    throw new NothingDone((error as Error).message);
  }
}

function ask(services: Services): Promise<Words | undefined> {
  return askWithHistory({
    title: l10n.t('Run and Attach'),
    placeholder: l10n.t('Program and arguments; no shell reads them'),
    history: services.starts.commands,
    parse: commandWords,
    say: (text) => void services.messages.info(text),
  });
}

async function run(services: Services, words: Words): Promise<void> {
  const cancelling = new AbortController();
  const title = l10n.t('Starting {0}', messageText(words[0]));
  const progress = showProgress(title, () => cancelling.abort());
  try {
    const started = await start(services, words, cancelling);
    const onFound = () => progress.done();
    if (started) await attach(services, started, cancelling.signal, onFound);
  } finally {
    progress.done();
  }
}

interface Started {
  readonly wait: Wait;
  /** Of the debugger that its runtime waits for. */
  readonly type: string | undefined;
}

/** Undefined: it was cancelled, or the terminal was closed; nothing has run then. */
async function start(
  services: Services,
  words: Words,
  cancelling: AbortController,
): Promise<Started | undefined> {
  const { tier } = await services.host.request('initialize', { protocolVersion });
  const door = await RunDoor.open();
  const terminal = openRunTerminal(services.hostCommand(), tier, door.path, words);
  const closing = vscode.window.onDidCloseTerminal((one) => one === terminal && cancelling.abort());
  try {
    const comer = await door.comer(aborted(cancelling.signal));
    if (!comer) return undefined;
    const wait = await services.starts.next.expect(comer.key);
    const uses = (kind: ProcessKind, type: string) => wouldUse(services, kind, type);
    const switched = comer.program && languageSwitch(comer.program, uses);
    comer.letIn(switched?.option);
    return { wait, type: switched?.type };
  } finally {
    closing.dispose();
    await door.close();
  }
}

async function attach(
  services: Services,
  { wait, type }: Started,
  signal: AbortSignal,
  onFound: () => void,
): Promise<void> {
  const one = type === undefined ? undefined : installedOfType(type);
  const end = () => void wait.end();
  signal.addEventListener('abort', end);
  try {
    const found = await wait.next();
    if (!found) return;
    onFound();
    await services.starts.heldNotes.during(found.row, () => debugFound(services, found, one));
  } catch (error) {
    throw isKind(error, 'Gone') ? new NothingDone(endedText()) : error;
  } finally {
    signal.removeEventListener('abort', end);
    await wait.end();
  }
}

const endedText = () =>
  l10n.t('The program ended before it could be debugged. Its terminal says why.');

function aborted(signal: AbortSignal): Promise<undefined> {
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
