import type { ProcessKey, ProcessRow } from '../../native-host/protocol';
import type { GroupKey } from './grouping';
import type { NodeKey } from './tree/branch';

/**
 * What VS Code's tree holds for one process: one object for each key, for as long as the row is shown. `row` is what
 * VS Code was last given to draw, so a command acts on what its user could see, not on what came in since.
 */
export class ProcessElement {
  constructor(
    readonly key: ProcessKey,
    public row: ProcessRow,
  ) {}
}

/** A row above processes that have something in common. No action is offered on it. */
export class GroupElement {
  constructor(readonly key: GroupKey) {}
}

/** Stands for the children beyond the first thousand; a click shows more of them. */
export class RestElement {
  constructor(readonly parent: NodeKey | null) {}
}

export type TreeElement = ProcessElement | GroupElement | RestElement;
