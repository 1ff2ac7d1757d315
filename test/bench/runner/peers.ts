// Other programs that list processes. Those of npm are installed for the benchmark alone, into a folder of their own.
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { inRepository } from '../../support/vscode/server';

const packages = { 'ps-list': '9.0.0', pidtree: '1.0.0', systeminformation: '5.33.23' } as const;
export type PeerName = keyof typeof packages;
export const peerNames = Object.keys(packages) as PeerName[];

const folder = inRepository('node_modules/.cache/pidfd-explorer-bench');

/** How many processes a peer found, and in how many milliseconds. */
export interface Listing {
  readonly processes: number;
  readonly elapsed: number;
}

/** What they print: a number and milliseconds. */
export function toListing(line: string): Listing {
  const [processes = NaN, elapsed = NaN] = line.trim().split(' ').map(Number);
  return { processes, elapsed };
}

function install(): void {
  if (peerNames.every((name) => existsSync(`${folder}/node_modules/${name}/package.json`))) return;
  mkdirSync(folder, { recursive: true });
  const specs = Object.entries(packages).map((entry) => entry.join('@'));
  const options = ['--no-save', '--no-package-lock', '--ignore-scripts', '--no-audit', '--no-fund'];
  const args = ['install', '--prefix', folder, ...options, '--loglevel=error', ...specs];
  execFileSync('npm', args, { stdio: ['ignore', 2, 2] });
}

/** The packages of npm, loaded into a Node of their own that waits in between. */
export class NpmPeers {
  readonly #child: ChildProcess;
  readonly #lines: AsyncIterator<string>;

  private constructor() {
    const args = [inRepository('test/bench/peers.mjs'), folder];
    this.#child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
    if (!this.#child.stdout) throw new Error('no pipe');
    this.#lines = createInterface(this.#child.stdout)[Symbol.asyncIterator]();
  }

  /** Text: why there are none. */
  static start(): NpmPeers | string {
    try {
      install();
      return new NpmPeers();
    } catch (error) {
      return `npm could not install them: ${String(error)}`;
    }
  }

  async list(name: PeerName): Promise<Listing> {
    this.#child.stdin?.write(`${name}\n`);
    const line = await this.#lines.next();
    if (line.done) throw new Error(`${name} has failed`);
    return toListing(line.value);
  }

  [Symbol.dispose](): void {
    this.#child.stdin?.end();
  }
}
