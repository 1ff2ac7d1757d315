import type { InitializeResult } from '../native-host/protocol';

/** A key means something in one boot of one machine, and in one PID namespace of it, only. */
export interface Place {
  readonly bootId: string;
  readonly pidNamespace: string | null;
}

export const placeOf = ({ world }: InitializeResult): Place => ({
  bootId: world.bootId,
  pidNamespace: world.pidNamespace,
});

/** Without a procfs the boot is unknown, and an unknown one is no other's. */
export const isSamePlace = (one: Place, other: Place): boolean =>
  one.bootId !== '' && one.bootId === other.bootId && one.pidNamespace === other.pidNamespace;
