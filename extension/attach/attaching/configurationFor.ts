import type { DebugConfiguration } from 'vscode';
import type { Services } from '../../services';
import type { AttachTarget } from '../debuggers/debugger';
import type { Prepared } from './prepareAttach';
import { requireLiteral } from './requireLiteral';

type Needed = Pick<Services, 'inspectors'>;

/** Complete, with all ways that it needs open. @throws NothingDone, with why it cannot work */
export async function configurationFor(
  services: Needed,
  prepared: Prepared,
): Promise<DebugConfiguration> {
  const configuration = prepared.debugger.configure(await reached(services, prepared));
  requireLiteral(configuration, prepared.target.row);
  return configuration;
}

/** Node is reached by the inspector of that very process, which is opened only now that it is wanted. */
async function reached(
  { inspectors }: Needed,
  { debugger: one, target }: Prepared,
): Promise<AttachTarget> {
  if (one.proof !== 'inspector') return target;
  const { websocketAddress } = await inspectors.open(target.row);
  return { ...target, contact: { kind: 'inspector', websocketAddress } };
}
