import type { ProcessRow } from '../../../native-host/protocol';
import { aboutProcess } from '../../errors';
import type { Services } from '../../services';
import type { Debugger } from '../debuggers/debugger';
import { untilReachable } from './untilReachable';

/** For a process that `waitFor` has stopped, and a debugger that needs it running before it attaches. */
export async function letRun(
  { host, starts }: Pick<Services, 'host' | 'starts'>,
  row: ProcessRow,
  one: Debugger,
): Promise<void> {
  if (one.proof === 'tracer' || !starts.answers.goOn(row)) return;
  await aboutProcess(row, () => untilReachable(host, row, one));
}
