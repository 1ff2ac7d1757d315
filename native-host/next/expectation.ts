import { HostError, isExhaustion, toHostError } from '../hostError.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessKey } from '../protocol.js';
import type { Held } from './held.js';
import type { NextParts } from './nextParts.js';
import type { NextEvents } from './nextWatch.js';

const pollMs = 5;

/** One process that stops itself at its next exec (`native-host.js run`): tells when it stands still there. */
export class Expectation implements Disposable {
  private timer: NodeJS.Timeout | null = null;
  /** It was let go, maybe while it was read for the last time. */
  private isOver = false;

  /** Takes over `held`, which holds `process`. */
  constructor(
    private readonly parts: NextParts,
    private readonly process: PidFd,
    private readonly held: Held,
    private readonly events: NextEvents,
  ) {
    const program = parts.rows.glance(process)?.program;
    this.timer = setInterval(() => this.look(program), pollMs);
  }

  release(key: ProcessKey): void {
    if (key === this.process.key) this.end();
    this.held.release(key);
  }

  [Symbol.dispose](): void {
    this.end();
    this.held[Symbol.dispose]();
  }

  private stopLooking(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }

  private end(): void {
    this.isOver = true;
    this.stopLooking();
  }

  private look(first: string | undefined): void {
    try {
      this.lookOnce(first);
    } catch (error) {
      if (!isExhaustion(error)) this.fail(toHostError(error)); // else the next look tries again
    }
  }

  private lookOnce(first: string | undefined): void {
    const now = this.process.hasExited() ? null : this.parts.rows.glance(this.process);
    if (!now) return this.fail(new HostError('Gone', 'it has ended', { pid: this.process.pid }));
    if (now.state !== 'T' || now.program === first) return;
    this.stopLooking();
    this.tell().catch((error: unknown) => this.fail(toHostError(error)));
  }

  private async tell(): Promise<void> {
    const row = await this.parts.rows.readOpened(this.process);
    if (this.isOver) return;
    if (row) this.events.found(row, true);
    else this.fail(new HostError('Gone', 'it has ended', { pid: this.process.pid }));
  }

  private fail(error: HostError): void {
    if (this.isOver) return; // the token may be another wait's by now
    this[Symbol.dispose]();
    this.events.failed(error);
  }
}
