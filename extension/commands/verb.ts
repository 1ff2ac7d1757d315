import type { ProcessRow } from '../../native-host/protocol';
import type { Services } from '../services';

/** Something that is done with one process, however it was chosen. */
export interface ProcessVerb {
  /** Asked above the list when it comes from the palette. */
  readonly placeholder: string;
  run(services: Services, row: ProcessRow): Promise<void>;
}
