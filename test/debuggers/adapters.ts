import type * as vscode from 'vscode';
import { createServer, type AddressInfo } from 'node:net';
import { type Debuggee, debuggee } from '../support/debuggees';

/** What to attach to, and how a user writes that into launch.json. */
export interface Adapter {
  readonly program: Debuggee;
  readonly configure: (pid: number) => vscode.DebugConfiguration;
}

const attach = (type: string, more: object): vscode.DebugConfiguration => ({
  type,
  request: 'attach',
  name: `Attach ${type}`,
  ...more,
});

function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  return new Promise((resolve) => {
    server.once('listening', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

/** An open inspector, on a port of its own: whoever else runs a Node.js here might have opened the usual one. */
async function node(): Promise<Adapter> {
  const port = await freePort();
  return {
    program: debuggee('node', `--inspect=127.0.0.1:${port}`),
    configure: (pid) => attach('node', { processId: `${pid}:${port}`, address: '127.0.0.1' }),
  };
}

/** By type. */
export const adapters: Record<string, () => Adapter | Promise<Adapter>> = {
  'lldb-dap': () => ({
    program: debuggee('c'),
    configure: (pid) => attach('lldb-dap', { pid }),
  }),
  gdb: () => ({
    program: debuggee('c'),
    configure: (pid) => attach('gdb', { processId: String(pid) }),
  }),
  go: () => ({
    program: debuggee('go'),
    configure: (processId) => attach('go', { mode: 'local', processId }),
  }),
  node,
};
