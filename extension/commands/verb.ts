import type { ProcessRow } from '../../native-host/protocol';
import type { Services } from '../services';

/** Something that is done with one process, however it was chosen. */
export interface ProcessVerb {
  run(services: Services, row: ProcessRow): Promise<void>;
  /** With several rows that are selected; left out where that makes no sense, and menus do not offer it then. */
  runMany?(services: Services, rows: readonly ProcessRow[]): Promise<void>;
}

/** One that the palette offers too. */
export interface PickableVerb extends ProcessVerb {
  /** Above the list from which the process is picked. */
  readonly pickerTitle: string;
  /** Whether the list says who cannot be debugged. */
  readonly isForDebugger?: boolean;
  /** Whether several can be picked there, for `runMany`. */
  readonly takesSeveral?: boolean;
}
