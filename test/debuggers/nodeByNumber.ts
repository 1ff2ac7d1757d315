import type * as vscode from 'vscode';

/** As VS Code's own debugger does it: it connects to whoever listens on 9229, or gives up soon. */
export const nodeByNumber = (pid: number): vscode.DebugConfiguration => ({
  type: 'node',
  request: 'attach',
  name: 'Attach node',
  processId: String(pid),
  timeout: 500,
  pidfdGuard: false,
});
