import type { ProcessRow, SignalOutcome } from '../../native-host/protocol';
import { errorData } from '../../views/errorData';
import { messageText } from '../../views/escape';
import { l10n } from '../../views/l10n';
import { identifiedProcess, namedProcess, processName } from '../../views/rowText';
import { shownCommandLine } from '../../views/commandLine';
import { endsProcess, SIGKILL, signalName, SIGTERM } from '../../views/signals';
import { aboutProcess } from '../errors';
import type { Services } from '../services';

type Needed = Pick<Services, 'host' | 'messages'>;

const longestDetail = 500;

/** Sends a signal to the process of a row, or to nothing. Asks before what is meant to end it. */
export async function sendSignal(services: Needed, row: ProcessRow, signal: number): Promise<void> {
  if (endsProcess(signal) && !(await confirm(services, row, signal))) return;
  await aboutProcess(row, () => sendConfirmed(services, row, signal));
}

/** `row` is what the user saw: when another program runs there by now, that is asked about as well. */
async function sendConfirmed(services: Needed, row: ProcessRow, signal: number): Promise<void> {
  const { key, program } = row;
  try {
    const { outcome } = await services.host.request('signal/send', { key, signal, program });
    tell(services, row, signal, outcome);
  } catch (error) {
    const changed = programChange(error);
    if (!changed) throw error;
    if (!(await confirmChanged(services, row, changed, signal))) return;
    await sendConfirmed(services, changed, signal);
  }
}

function programChange(error: unknown): ProcessRow | null {
  const data = errorData(error);
  return data?.kind === 'ProgramChanged' ? data.row : null;
}

function tell({ messages }: Needed, row: ProcessRow, signal: number, outcome: SignalOutcome): void {
  const [name, who] = [signalName(signal), namedProcess(row)];
  if (outcome === 'sent') return messages.status(l10n.t('{0} sent to {1}', name, who));
  void messages.info(
    l10n.t(
      '{0} had ended already and is not yet collected by its parent: {1} has no effect.',
      who,
      name,
    ),
  );
}

function detail(row: ProcessRow): string {
  return messageText(shownCommandLine(row.args)).slice(0, longestDetail);
}

function question(row: ProcessRow, signal: number): string {
  const who = identifiedProcess(row);
  if (signal === SIGKILL) return l10n.t('Kill {0}?', who);
  if (signal === SIGTERM) return l10n.t('Terminate {0}?', who);
  return l10n.t('Send {0} to {1}?', signalName(signal), who);
}

function answer(signal: number): string {
  if (signal === SIGKILL) return l10n.t('Kill');
  if (signal === SIGTERM) return l10n.t('Terminate');
  return l10n.t('Send {0}', signalName(signal));
}

function confirm({ messages }: Needed, row: ProcessRow, signal: number): Promise<boolean> {
  return messages.confirm(question(row, signal), detail(row), answer(signal));
}

function confirmChanged(
  { messages }: Needed,
  before: ProcessRow,
  now: ProcessRow,
  signal: number,
): Promise<boolean> {
  const was = messageText(processName(before));
  const text = l10n.t(
    '{0} has become {1} since. {2}',
    was,
    identifiedProcess(now),
    question(now, signal),
  );
  return messages.confirm(text, detail(now), answer(signal));
}
