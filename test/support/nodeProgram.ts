import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { procfs } from './procfs';

/** Its loopback is down at first. */
export const ownNetwork: readonly string[] = [
  ...['unshare', '--net', 'sh', '-c', 'ip link set lo up && exec "$@"', 'sh'],
];

/** A real Node that says what the test wants to hear. It ends with its standard input, so never later than the test. */
export class NodeProgram implements AsyncDisposable {
  private constructor(
    private readonly child: ChildProcess,
    /** Keeps what nobody has asked for yet. */
    private readonly lines: AsyncIterator<string>,
    /** Of the Node itself: the command before it ends in executing it. */
    readonly pid: number,
  ) {}

  /** Resolves when `code` has run. */
  static async start(
    options: { prefix?: readonly string[]; node?: readonly string[]; env?: NodeJS.ProcessEnv },
    code = '',
  ): Promise<NodeProgram> {
    const waits = "process.stdin.resume().on('end',()=>process.exit());console.log('ready');";
    const node = [process.execPath, ...(options.node ?? []), '-e', code + waits];
    const [command = '', ...args] = [...(options.prefix ?? []), ...node];
    const env = { ...process.env, NODE_OPTIONS: '', ...options.env };
    const child = spawn(command, args, { env, stdio: ['pipe', 'pipe', 'ignore'] });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.value !== 'ready') throw new Error(`it says ${first.value}`);
    return new NodeProgram(child, lines, innermost(child.pid ?? 0));
  }

  /** What it says next. */
  async line(): Promise<string> {
    return String((await this.lines.next()).value);
  }

  /** To its standard input. */
  say(text: string): void {
    this.child.stdin?.write(text);
  }

  get hasEnded(): boolean {
    return this.child.exitCode !== null || this.child.signalCode !== null;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.hasEnded) return;
    const ended = once(this.child, 'close');
    this.child.stdin?.end();
    await ended;
  }
}

function innermost(pid: number): number {
  const [child] = procfs.children(pid);
  return child === undefined ? pid : innermost(child);
}
