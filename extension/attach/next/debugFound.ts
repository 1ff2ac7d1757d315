import type { ProcessKind } from '../../../native-host/protocol';
import type { Services } from '../../services';
import { attachDebugger } from '../attaching/attachDebugger';
import { debuggers } from '../debuggers';
import type { Found } from './nextProcesses';

/** As Attach Debugger does, on a process that stands still. */
export async function debugFound(services: Services, { row, letGo }: Found): Promise<void> {
  if (!canBeTraced(row.kind)) await letGo();
  await attachDebugger(services, row, false);
}

/** All other debuggers ask the process itself, which cannot answer while it stands still. */
const canBeTraced = (kind: ProcessKind) =>
  debuggers.some(({ kinds, proof }) => proof === 'tracer' && kinds.includes(kind));
