import type { Listening } from '../../native-host/protocol';
import { knownText } from '../unknownText';
import { l10n } from '../l10n';

/** Where a process waits for connections; undefined: nowhere. */
export function listeningFact({ tcp }: Listening): string | undefined {
  if ('value' in tcp && tcp.value.length === 0) return undefined;
  return knownText(tcp, (all) => all.map(addressText).join(', '));
}

/** `127.0.0.1:9229`, `[::1]:9229`, `any address:80`. */
function addressText({
  address,
  port,
}: {
  readonly address: string;
  readonly port: number;
}): string {
  if (address === '0.0.0.0' || address === '::') return l10n.t('any address:{0}', port);
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
