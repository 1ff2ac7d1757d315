/**
 * When frames may follow each other. On the whole they take a tenth of a processor; who has taken less lately may take
 * it in advance, so that single news are shown at once. Processor time counts, not time: where others keep the machine
 * busy, waiting for it is no reason to wait still longer. In a storm a frame is as long as it may be: what it costs
 * besides what it is about is the smaller a part.
 */
const restForWork = 10;
/** So much may be taken in advance. */
const mostSavedMs = 20;
/** What comes in such a while is read together. */
export const shortestFrameMs = 1;
export const longestFrameMs = 50;

export class FramePace {
  private savedMs = mostSavedMs;

  constructor(private at: number) {}

  /** The pause after a frame that ended `now` and took so much processor time, all in milliseconds. */
  after(tookMs: number, now: number, isStorm = false): number {
    const earned = (now - this.at) / restForWork;
    this.at = now;
    const saved = Math.min(mostSavedMs, this.savedMs + earned) - tookMs;
    // Debts of what cannot be waited for any longer are forgiven.
    this.savedMs = Math.max(-longestFrameMs / restForWork, saved);
    return isStorm ? longestFrameMs : Math.max(shortestFrameMs, -this.savedMs * restForWork);
  }
}
