import { describe, isExhaustion } from './hostError.js';
import type { EpollLoop } from './kernel/epollLoop.js';
import { exitNow } from './kernel/exitNow.js';
import { log } from './rpc/outputs.js';

/** sysexits.h */
const EX_DATAERR = 65;
const EX_SOFTWARE = 70;

/** How the native host ends. The kernel closes what is still open. */
export class HostEnd {
  private readonly duties: (() => void)[] = [];
  private loop: EpollLoop | null = null;

  /** Nobody handled it. Being out of descriptors for a moment is no reason to lose all that is held. */
  readonly onUncaught = (error: unknown): void => {
    log(`${isExhaustion(error) ? 'left undone' : 'unexpected'}: ${describe(error)}`);
    if (!isExhaustion(error)) void this.come(EX_SOFTWARE);
  };

  /** That loop waits in a thread, for which the end must wait. */
  waitsFor(loop: EpollLoop): void {
    this.loop = loop;
  }

  /** What we stopped goes on before anything else. */
  first(duty: () => void): void {
    this.duties.push(duty);
  }

  /** The pipe is at its end, or the client sent what is no message. */
  async ofPipe(fault: Error | null): Promise<void> {
    if (fault) log(`closed: ${fault.message}`);
    await this.come(fault ? EX_DATAERR : 0);
  }

  async come(code: number): Promise<void> {
    for (const duty of this.duties.splice(0)) attempt(duty);
    try {
      await this.loop?.stop();
    } finally {
      exitNow(code);
    }
  }
}

/** One that fails does not keep the others from theirs. */
function attempt(duty: () => void): void {
  try {
    duty();
  } catch (error) {
    log(`at the end: ${describe(error)}`);
  }
}
