import type { ProcessRow } from '../../../native-host/protocol';
import { NothingDone } from '../../errors';

/** A session that was ended before it began, and the process that stands in its way. */
export class Refusal extends NothingDone {
  constructor(
    text: string,
    readonly about?: ProcessRow,
  ) {
    super(text);
  }
}
