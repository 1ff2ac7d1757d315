import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { procfs } from './procfs';
import { skipBecause } from './results';

/** An ordinary user who owns nothing but what he makes; has no entry in passwd. */
export const someone: readonly string[] =
  process.getuid?.() === 0 ? ['setpriv', '--reuid=4242', '--regid=4242', '--clear-groups'] : [];

/** Says that it is there, and waits. */
export const patient: readonly string[] = ['sh', '-c', 'echo ready; exec cat'];

/** A process in what `prefix` made around it. It ends with its standard input, so never later than the test. */
export class Sandbox implements AsyncDisposable {
  private constructor(
    private readonly child: ChildProcess,
    /** Of the innermost process, in our own PID namespace. */
    readonly pid: number,
  ) {}

  /** @param prefix a command that runs its arguments; where it cannot, the test is skipped */
  static start(context: Mocha.Context, prefix: readonly string[]): Promise<Sandbox> {
    return Sandbox.run(context, [...prefix, ...patient]);
  }

  /** @param command ends in running `patient` */
  static async run(context: Mocha.Context, command: readonly string[]): Promise<Sandbox> {
    const [program = '', ...args] = command;
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'pipe'] });
    let errors = '';
    child.on('error', (error) => (errors += error.message));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const ready = await createInterface(child.stdout)[Symbol.asyncIterator]().next();
    if (ready.value !== 'ready') skipBecause(context, `${program}: ${errors.trim() || 'not here'}`);
    return new Sandbox(child, innermost(child.pid ?? 0));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const ended = this.child.exitCode === null && this.child.signalCode === null;
    this.child.stdin?.end();
    if (ended) await once(this.child, 'close');
  }
}

function innermost(pid: number): number {
  const [child] = procfs.children(pid);
  return child === undefined ? pid : innermost(child);
}
