import { startWorkbench, type Workbench, type WorkbenchOptions } from './driver';
import { ProcessesTree } from './tree';

interface ProcessesWindow {
  workbench: Workbench;
  tree: ProcessesTree;
}

/** One window for all tests of a block, and its tree of processes; there once they begin. */
export function processesWindow(options?: WorkbenchOptions): ProcessesWindow {
  const window = {} as ProcessesWindow;
  before(async () => {
    window.workbench = await startWorkbench(options);
    window.tree = new ProcessesTree(window.workbench);
  });
  after(() => window.workbench?.stop());
  return window;
}
