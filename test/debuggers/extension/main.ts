// Lets VS Code debug with what Debian and npm have. Each type is called as the extension is that people use, and takes what that
// one's adapter takes, for it is the same adapter.
import path from 'node:path';
import * as vscode from 'vscode';
import { startDelve } from './delve';
import { findCommand, lldbDap } from './findCommand';

type Describe = (
  prefix: string[],
  configuration: vscode.DebugConfiguration,
) => Promise<vscode.DebugAdapterDescriptor>;

const adapters: Record<string, Describe> = {
  'lldb-dap': (prefix) => {
    const [command = '', ...args] = [...prefix, findCommand(...lldbDap)];
    return Promise.resolve(new vscode.DebugAdapterExecutable(command, args));
  },
  gdb: () => Promise.resolve(cdt()),
  go: () => startDelve(findCommand('dlv')),
  debugpy: (_, { connect }) => Promise.resolve(listening(connect)),
};

/** As the extension for Python does: what the program listens with is the adapter. */
function listening(connect: unknown): vscode.DebugAdapterServer {
  const { host, port } = connect as { host: string; port: number };
  return new vscode.DebugAdapterServer(port, host);
}

/** PIDFD_DEBUG_ADAPTERS is where scripts/debug-adapters was installed. */
function cdt(): vscode.DebugAdapterExecutable {
  const script = 'cdt-gdb-adapter/dist/debugAdapter.js';
  const file = path.join(process.env['PIDFD_DEBUG_ADAPTERS'] ?? '', script);
  return new vscode.DebugAdapterExecutable(process.execPath, [file]);
}

/** What tests may have done when all that VS Code asks before a debugger starts has been asked. */
export interface DebuggersApi {
  beforeAdapter: (() => Promise<unknown>) | undefined;
  /** Words before the command of lldb-dap, which make it another user's. */
  prefix: string[];
}

export function activate(context: vscode.ExtensionContext): DebuggersApi {
  const api: DebuggersApi = { beforeAdapter: undefined, prefix: [] };
  for (const [type, describe] of Object.entries(adapters)) {
    const createDebugAdapterDescriptor = async ({ configuration }: vscode.DebugSession) => {
      await api.beforeAdapter?.();
      return describe(api.prefix, configuration);
    };
    context.subscriptions.push(
      vscode.debug.registerDebugAdapterDescriptorFactory(type, { createDebugAdapterDescriptor }),
    );
  }
  return api;
}
