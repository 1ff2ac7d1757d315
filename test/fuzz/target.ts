import type { IProperty, IAsyncProperty } from 'fast-check';

/** One thing that takes what anybody may write, and what must hold for it. */
export interface Target {
  readonly name: string;
  /** What a run costs beside the others': it gets that much fewer of them. */
  readonly cost?: number;
  readonly property: () => IProperty<unknown> | IAsyncProperty<unknown>;
}
