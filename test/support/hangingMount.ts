import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { buildFixtures } from './buildFixtures';
import { skipBecause } from './results';

/** A file system that answers nothing any more once it was told to hang. It is in a mount namespace of its own. */
export class HangingMount implements AsyncDisposable {
  private constructor(
    private readonly child: ChildProcess,
    private readonly lines: AsyncIterator<string>,
    private readonly mountPoint: string,
  ) {}

  /** @param file what its only file holds */
  static async start(context: Mocha.Context, file: string): Promise<HangingMount> {
    if (process.getuid?.() !== 0) skipBecause(context, 'only root mounts by /dev/fuse here');
    const folder = mkdtempSync(join(tmpdir(), 'pidfd-hanging-'));
    const child = spawn(buildFixtures().hanging, [folder, file], { stdio: 'pipe' });
    let errors = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const first = await lines.next();
    if (first.value !== 'ready') {
      rmdirSync(folder);
      skipBecause(context, `nothing can be mounted by /dev/fuse here: ${errors.trim()}`);
    }
    return new HangingMount(child, lines, folder);
  }

  /** As it can be reached from our mount namespace. */
  get folder(): string {
    return `/proc/${this.child.pid}/root${this.mountPoint}`;
  }

  get program(): string {
    return join(this.folder, 'program');
  }

  /** Resolves when nothing is answered any more. */
  async hang(): Promise<void> {
    this.child.stdin?.write('hang\n');
    await this.lines.next();
  }

  /** Whoever waits for an answer gets an error. Idempotent. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = once(this.child, 'close');
    this.child.stdin?.end();
    await ended;
    rmdirSync(this.mountPoint);
  }
}
