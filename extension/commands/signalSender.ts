import type { ProcessRow, SignalResult } from '../../native-host/protocol';
import { errorData } from '../../views/errorData';
import { l10n } from '../../views/l10n';
import { namedProcess } from '../../views/rowText';
import { signalName } from '../../views/signals';
import { aboutSignalled, SignalError } from '../errors';
import type { Services } from '../services';
import { foresee } from '../signals/foresee';
import { memberOutcome } from '../signals/outcomes';
import { mustAsk, type Foresight } from '../signals/mustAsk';
import { orderParams, type SignalOrder } from '../signals/signalOrder';
import { changedQuestion, question, questionDetail, yes } from '../signals/signalQuestion';
import { tellOutcomes } from '../signals/tellOutcomes';

export type SenderServices = Pick<
  Services,
  'host' | 'messages' | 'log' | 'readSetting' | 'reports'
>;

/** Sends a signal to the process of a row, or to nothing. Asks before what may end it. */
export async function sendSignal(
  services: SenderServices,
  row: ProcessRow,
  order: SignalOrder,
): Promise<void> {
  await aboutSignalled(row, async () => {
    if (await isMeant(services, row, order)) await sendConfirmed(services, row, order);
  });
}

async function isMeant(
  services: SenderServices,
  row: ProcessRow,
  order: SignalOrder,
): Promise<boolean> {
  const mode = services.readSetting('pidfd.confirmSignals');
  if (mode === 'never') return true;
  const foresight = await foresee(services, row, order);
  if (!mustAsk(mode, order, foresight)) return true;
  return ask(services, question(row, order), row, order, foresight);
}

function ask(
  { messages }: SenderServices,
  text: string,
  row: ProcessRow,
  order: SignalOrder,
  foresight: Foresight,
): Promise<boolean> {
  return messages.confirm(text, questionDetail(row, order, foresight), yes(order));
}

/** `row` is what the user saw: when another program runs there by now, that is always asked about. */
async function sendConfirmed(
  services: SenderServices,
  row: ProcessRow,
  order: SignalOrder,
): Promise<void> {
  const { key, program } = row;
  try {
    const params = { key, program, ...orderParams(order) };
    tell(services, row, order, await services.host.request('signal/send', params));
  } catch (error) {
    const changed = programChange(error);
    if (!changed) throw signalError(services, row, order, error);
    const foresight = await foresee(services, changed, order);
    const text = changedQuestion(row, changed, order);
    if (!(await ask(services, text, changed, order, foresight))) return;
    await sendConfirmed(services, changed, order);
  }
}

function programChange(error: unknown): ProcessRow | null {
  const data = errorData(error);
  return data?.kind === 'ProgramChanged' ? data.row : null;
}

/** What another user may try again: the command line takes keys alone. */
function signalError(
  { host: { state } }: SenderServices,
  row: ProcessRow,
  order: SignalOrder,
  error: unknown,
): unknown {
  const hasKeys = state.kind === 'ready' && state.hello.tier !== 'none';
  return hasKeys ? new SignalError(row, error, order) : error;
}

function tell(
  services: SenderServices,
  row: ProcessRow,
  { signal }: SignalOrder,
  { outcome, members }: SignalResult,
): void {
  const [name, who] = [signalName(signal), namedProcess(row)];
  if (members) return tellMembers(services, titleOfMembers(services, name, who), members);
  if (outcome === 'sent') return services.messages.status(l10n.t('{0} sent to {1}', name, who));
  void services.messages.info(
    l10n.t(
      '{0} had ended already and is not yet collected by its parent: {1} has no effect.',
      who,
      name,
    ),
  );
}

/** Why the members got it one by one. */
function titleOfMembers({ host: { state } }: SenderServices, name: string, who: string): string {
  const lacks =
    state.kind === 'ready' &&
    state.hello.capabilities.some(({ id, available }) => id === 'groupSignals' && !available);
  return lacks
    ? l10n.t(
        '{0} to the group of {1}, one by one, since this kernel cannot do it at once',
        name,
        who,
      )
    : l10n.t('{0} to the group of {1}, one by one, since its leader is gone', name, who);
}

function tellMembers(
  services: SenderServices,
  title: string,
  members: NonNullable<SignalResult['members']>,
): void {
  tellOutcomes(
    services,
    title,
    members.map(({ row, error }) => memberOutcome(row, error)),
  );
}
