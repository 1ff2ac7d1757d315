import type { Target } from './target';
import { clientTargets } from './targets/client';
import { commandTargets } from './targets/commands';
import { containerTargets } from './targets/containers';
import { debuggerTargets } from './targets/debuggers';
import { figureTargets } from './targets/figures';
import { inputTargets } from './targets/input';
import { launchTargets } from './targets/launch';
import { newsTargets } from './targets/news';
import { procfsTargets } from './targets/procfs';
import { programTargets } from './targets/programs';
import { scriptTargets } from './targets/scripts';
import { shownTargets } from './targets/shown';
import { socketTargets } from './targets/sockets';
import { stateFileTargets } from './targets/stateFiles';
import { storedTargets } from './targets/stored';
import { wireTargets } from './targets/wire';

export const targets: readonly Target[] = [
  ...procfsTargets,
  ...figureTargets,
  ...newsTargets,
  ...socketTargets,
  ...wireTargets,
  ...clientTargets,
  ...inputTargets,
  ...commandTargets,
  ...launchTargets,
  ...programTargets,
  ...scriptTargets,
  ...debuggerTargets,
  ...storedTargets,
  ...containerTargets,
  ...stateFileTargets,
  ...shownTargets,
];
