import type { AttachPreflight, ProcessRow } from '../../../native-host/protocol';
import { aboutProcess } from '../../errors';
import type { Services } from '../../services';
import type { AttachTarget, Debugger } from '../debuggers/debugger';
import { attachTarget } from './attachTarget';
import { chooseDebugger } from './chooseDebugger';
import { contactOf } from './contacts';

export interface Prepared {
  readonly debugger: Debugger;
  readonly seen: AttachPreflight;
  readonly target: AttachTarget;
}

export interface Wishes {
  /** Asks which debugger, whatever was chosen before. */
  readonly anew?: boolean;
  /** This one, and nothing is asked. */
  readonly debugger?: Debugger | undefined;
  /** What is to be done to the process before that debugger looks at it. */
  readonly onChosen?: (one: Debugger) => Promise<void>;
}

/** What it is, by which debugger, and what that needs to know. Undefined: cancelled, or there is no debugger for it. */
export async function prepareAttach(
  services: Services,
  row: ProcessRow,
  wishes: Wishes = {},
): Promise<Prepared | undefined> {
  const one = wishes.debugger ?? (await choose(services, row, wishes.anew ?? false));
  if (!one) return undefined;
  await wishes.onChosen?.(one);
  return await prepareFor(services, row, one);
}

async function choose(
  services: Services,
  row: ProcessRow,
  anew: boolean,
): Promise<Debugger | undefined> {
  const { key } = row;
  const { kind } = await aboutProcess(row, () => services.host.request('attach/runtime', { key }));
  return (await chooseDebugger(services, row, kind, anew))?.debugger;
}

export async function prepareFor(
  { host }: Pick<Services, 'host'>,
  row: ProcessRow,
  one: Debugger,
): Promise<Prepared> {
  const { key } = row;
  const gdb = one.proof === 'injection';
  const seen = await aboutProcess(row, () => host.request('attach/preflight', { key, gdb }));
  const contact = await aboutProcess(row, () => contactOf(host, one.type, seen));
  return { debugger: one, seen, target: attachTarget(seen, contact) };
}
