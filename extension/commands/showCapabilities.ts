import { l10n } from '../../views/l10n';
import { protocolVersion, type InitializeResult } from '../../native-host/protocol';
import { capabilityReport } from '../capabilities/capabilityReport';
import type { Services } from '../services';

/** Shows what this kernel, container and user allow. */
export async function showCapabilities({ host, reports }: Services): Promise<void> {
  // Whatever asks first starts the native host; this answer never changes while it lives.
  const hello: InitializeResult =
    host.state.kind === 'ready'
      ? host.state.hello
      : await host.request('initialize', { protocolVersion });
  await reports.show(l10n.t('Pidfd Capabilities'), capabilityReport(hello));
}
