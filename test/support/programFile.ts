import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFixtures } from './buildFixtures';

let made = 0;

/** A program whose name nobody else on this machine uses: whoever begins to run it was started by the test. */
export class ProgramFile implements Disposable {
  private readonly directory = mkdtempSync(join(tmpdir(), 'pidfd-next-'));
  readonly path: string;

  /** The actor; with `text` that script. */
  constructor(
    readonly name = `n${process.pid}-${made++}`,
    text?: string,
  ) {
    this.path = join(this.directory, name);
    if (text === undefined) copyFileSync(buildFixtures().actor, this.path);
    else writeFileSync(this.path, text, { mode: 0o755 });
  }

  [Symbol.dispose](): void {
    rmSync(this.directory, { recursive: true });
  }
}
