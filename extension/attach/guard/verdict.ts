import type { ProcessRow, TracedProcess, Tracer } from '../../../native-host/protocol';
import type { Proof } from '../debuggers/debugger';

/** What came of an attach, as far as it can be seen from outside. */
export type Verdict =
  | { readonly kind: 'proven'; readonly by: Proof; readonly tracer: Tracer | null }
  /** The debugger is on another process. */
  | { readonly kind: 'hit'; readonly impostor: ProcessRow; readonly isInjected: boolean }
  /** The process ended, and nobody else was met. */
  | { readonly kind: 'ended' }
  /** `others`: whom debuggers trace that this window has started. */
  | { readonly kind: 'unproven'; readonly others: readonly TracedProcess[] };
