import { protocolVersion } from '../../../native-host/protocol';
import { HostClient } from '../../support/hostClient';
import { inRepository } from '../../support/vscode/server';

/** A native host as users have it, bundled, that has said what it can do; `words` are for it. */
export async function startHost(words: readonly string[] = []): Promise<HostClient> {
  const host = new HostClient([], inRepository('dist/native-host.js'), words);
  await host.request('initialize', { protocolVersion });
  return host;
}
