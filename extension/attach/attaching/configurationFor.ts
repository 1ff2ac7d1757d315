import type { DebugConfiguration } from 'vscode';
import type { Services } from '../../services';
import { aboutProcess } from '../../errors';
import type { Contact } from '../debuggers/debugger';
import type { Prepared } from './prepareAttach';
import { requireLiteral } from './requireLiteral';

type Needed = Pick<Services, 'inspectors' | 'bridged'>;

/** Complete, with all ways that it needs open. @throws NothingDone, with why it cannot work */
export async function configurationFor(
  services: Needed,
  prepared: Prepared,
): Promise<DebugConfiguration> {
  const { debugger: one, target } = prepared;
  const configuration = one.configure({ ...target, contact: await reached(services, prepared) });
  requireLiteral(configuration, target.row);
  return configuration;
}

/** Node is reached by the inspector of that very process, which is opened only now that it is wanted. */
async function reached(
  { inspectors, bridged }: Needed,
  { debugger: one, target: { row, contact } }: Prepared,
): Promise<Contact | null> {
  if (one.proof === 'inspector') {
    const { websocketAddress } = await inspectors.open(row);
    return { kind: 'inspector', websocketAddress };
  }
  if (contact?.kind !== 'far') return contact;
  return await aboutProcess(row, () => bridged.open(row, contact.listener));
}
