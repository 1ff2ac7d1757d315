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

/** What it is, by which debugger, and what that needs to know. Undefined: cancelled, or there is no debugger for it. */
export async function prepareAttach(
  services: Services,
  row: ProcessRow,
  anew: boolean,
): Promise<Prepared | undefined> {
  const { host } = services;
  const { key } = row;
  const { kind } = await aboutProcess(row, () => host.request('attach/runtime', { key }));
  const chosen = await chooseDebugger(services, row, kind, anew);
  if (!chosen) return undefined;
  const one = chosen.debugger;
  const gdb = one.proof === 'injection';
  const seen = await aboutProcess(row, () => host.request('attach/preflight', { key, gdb }));
  const contact = await aboutProcess(row, () => contactOf(host, one.type, seen));
  return { debugger: one, seen, target: attachTarget(seen, contact) };
}
