import type { DebugConfiguration } from 'vscode';

/** Where a process of this machine waits for its debugger. */
export type LocalContact = { readonly port: number } | { readonly path: string };

const here = [undefined, '', 'localhost', '127.0.0.1', '::1'];

/** Of those that are told a port or a socket; undefined for all others, and for other machines. */
export function contactIn(configuration: DebugConfiguration): LocalContact | undefined {
  switch (configuration.type) {
    case 'java':
      return at(configuration['hostName'], configuration['port']);
    case 'python':
    case 'debugpy': {
      const { host, port } = (configuration['connect'] ?? {}) as Record<string, unknown>;
      return at(host, port);
    }
    case 'rdbg':
      return byText(configuration['debugPort']);
    default:
      return undefined;
  }
}

function at(host: unknown, port: unknown): LocalContact | undefined {
  const number = Number(port);
  const isPort = Number.isInteger(number) && number > 0 && number < 65536;
  return isPort && here.some((one) => one === host) ? { port: number } : undefined;
}

/** A path, a port, or both names of one. */
function byText(text: unknown): LocalContact | undefined {
  if (typeof text !== 'string') return undefined;
  if (text.startsWith('/')) return { path: text };
  const match = /^(?:(.*):)?(\d{1,5})$/.exec(text);
  return match ? at(match[1], match[2]) : undefined;
}
