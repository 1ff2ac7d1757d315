import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import * as vscode from 'vscode';

/** Delve speaks the protocol on a port that it chooses, to one client, and ends with it. */
export function startDelve(dlv: string): Promise<vscode.DebugAdapterServer> {
  const child = spawn(dlv, ['dap', '--listen=127.0.0.1:0'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`dlv ended with ${code}`)));
    createInterface({ input: child.stdout }).on('line', (line) => {
      const port = /listening at: 127\.0\.0\.1:(\d+)/.exec(line)?.[1];
      if (port) resolve(new vscode.DebugAdapterServer(Number(port), '127.0.0.1'));
    });
  });
}
