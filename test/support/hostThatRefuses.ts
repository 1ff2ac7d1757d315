import { HostClient } from './hostClient';
import type { Refusal } from './refusals';

/** A native host for which the kernel refuses these calls one after another; see refusingHost.ts. */
export function hostThatRefuses(
  refusals: readonly Refusal[],
  { atOnce = false, temporary }: { readonly atOnce?: boolean; readonly temporary: string },
): HostClient {
  const environment = [
    `PIDFD_REFUSALS=${JSON.stringify(refusals)}`,
    `TMPDIR=${temporary}`,
    ...(atOnce ? ['PIDFD_REFUSES_AT_ONCE=1'] : []),
  ];
  return new HostClient(['env', ...environment], require.resolve('./refusingHost'));
}
