import type { Target } from './target';
import { containerTargets } from './targets/containers';
import { inputTargets } from './targets/input';
import { procfsTargets } from './targets/procfs';
import { shownTargets } from './targets/shown';
import { wireTargets } from './targets/wire';

export const targets: readonly Target[] = [
  ...procfsTargets,
  ...wireTargets,
  ...inputTargets,
  ...containerTargets,
  ...shownTargets,
];
