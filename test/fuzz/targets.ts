import type { Target } from './target';
import { clientTargets } from './targets/client';
import { containerTargets } from './targets/containers';
import { inputTargets } from './targets/input';
import { launchTargets } from './targets/launch';
import { procfsTargets } from './targets/procfs';
import { shownTargets } from './targets/shown';
import { socketTargets } from './targets/sockets';
import { stateFileTargets } from './targets/stateFiles';
import { wireTargets } from './targets/wire';

export const targets: readonly Target[] = [
  ...procfsTargets,
  ...socketTargets,
  ...wireTargets,
  ...clientTargets,
  ...inputTargets,
  ...launchTargets,
  ...containerTargets,
  ...stateFileTargets,
  ...shownTargets,
];
