import { spawn, type ChildProcessByStdio } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { hostEnvironment } from './environment';

/** How long the native host may take to leave after its pipe was closed, before it is killed. */
const graceMs = 500;

/** A running child as the connection sees it; tests bring a fake one. */
export interface HostChild {
  readonly stdout: Readable;
  readonly stdin: Writable;
  /** Called once, with how it ended or why it could not be started. */
  onExit(listener: (how: string) => void): void;
  /** Closes its pipe and waits until it is gone. */
  stop(): Promise<void>;
}

export class HostProcess implements HostChild {
  private readonly child: ChildProcessByStdio<Writable, Readable, Readable>;
  private readonly exited: Promise<string>;

  constructor(program: string, args: readonly string[], onLogLine: (line: string) => void) {
    this.child = spawn(program, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: hostEnvironment(process.env),
      cwd: '/', // keeps no folder of the user's busy
    });
    this.exited = new Promise((resolve) => {
      this.child.once('error', (error) => resolve(error.message));
      // 'close', not 'exit': what it said last is read by then.
      this.child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
    });
    createInterface(this.child.stderr).on('line', onLogLine);
  }

  get stdout(): Readable {
    return this.child.stdout;
  }

  get stdin(): Writable {
    return this.child.stdin;
  }

  onExit(listener: (how: string) => void): void {
    void this.exited.then(listener);
  }

  async stop(): Promise<void> {
    this.child.stdin.end();
    const timer = setTimeout(() => this.kill(), graceMs);
    await this.exited;
    clearTimeout(timer);
  }

  private kill(): void {
    // Our own child, not yet reaped by libuv, so the number is still its own: nobody else's process can be hit.
    // eslint-disable-next-line no-restricted-syntax -- the one process that may be signalled without a pidfd
    this.child.kill('SIGKILL');
  }
}
