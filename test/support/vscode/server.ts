// The server's code is plain .mjs in scripts/, because `npm start` uses it before anything is compiled. This gives it types.
import type { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';

export const repository = path.resolve(__dirname, '../../../..');
export const inRepository = (...parts: string[]) => path.join(repository, ...parts);

export type Version = 'newest' | 'oldest';

export interface ServerOptions {
  version: Version;
  /** Keeps user data and extensions; without it they are gone when the server stops. */
  home?: string;
  log: string;
  extensions?: string;
  settings?: Record<string, unknown>;
  vsix?: string[];
  /** Lets a page load an extension under development; then no toasts are shown. */
  testDriver?: boolean;
}

export interface Server {
  /** HOST:PORT */
  authority: string;
  token: string;
  /** Emits `line` for each line that the server says. */
  lines: EventEmitter;
  /** Settles when the server ends without being stopped. */
  died: Promise<void>;
  stop(): Promise<void>;
}

interface Scripts {
  findBrowser: () => Promise<string | undefined>;
  startServer: (options: ServerOptions) => Promise<Server>;
}

export const { findBrowser, startServer } = createRequire(__filename)(
  inRepository('test/support/vscode/bridge.cjs'),
) as Scripts;

/** The address of a server's workbench. The token is traded for a cookie at the first request. */
export function workbenchUrl(server: Server, folder?: string): URL {
  const url = new URL(`http://${server.authority}/`);
  url.searchParams.set('tkn', server.token);
  if (folder) url.searchParams.set('folder', path.resolve(folder));
  else url.searchParams.set('ew', 'true'); // an empty window, not the last folder
  return url;
}
