import { aboutProcess } from '../../errors';
import type { Services } from '../../services';
import { attachDebugger } from '../attaching/attachDebugger';
import type { Debugger } from '../debuggers/debugger';
import type { Found } from './nextProcesses';
import { untilReachable } from './untilReachable';

/** As Attach Debugger does, on a process that has just begun, and may stand still. */
export function debugFound(services: Services, found: Found, one?: Debugger): Promise<void> {
  const onChosen = (one: Debugger) => makeReady(services, found, one);
  return attachDebugger(services, found.row, { debugger: one, onChosen });
}

/** All but those that trace it ask the process itself, which cannot answer while it stands still. */
export async function makeReady(
  { host }: Pick<Services, 'host'>,
  { row, letGo }: Found,
  one: Debugger,
): Promise<void> {
  if (one.proof === 'tracer') return;
  await letGo();
  await aboutProcess(row, () => untilReachable(host, row, one));
}
