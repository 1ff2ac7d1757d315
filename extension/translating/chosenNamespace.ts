import type { NamespaceRef } from '../../native-host/protocol';

/** A PID namespace that a person chose, and what it was called then. The name is untrusted data. */
export interface ChosenNamespace {
  readonly ref: NamespaceRef;
  readonly name: string;
}
