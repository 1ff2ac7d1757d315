/**
 * When frames may follow each other. On the whole they take a twentieth of a processor; who has taken less lately may
 * take it in advance, so that single news are shown at once and a storm is followed at its cost. Processor time counts,
 * not time: where others keep the machine busy, waiting for it is no reason to wait still longer.
 */
const restForWork = 20;
/** So much may be taken in advance. */
const mostSavedMs = 10;
/** What comes in such a while is read together. */
export const shortestFrameMs = 1;
export const longestFrameMs = 50;

export class FramePace {
  private savedMs = mostSavedMs;

  constructor(private at: number) {}

  /** The pause after a frame that ended `now` and took so much processor time, all in milliseconds. */
  after(tookMs: number, now: number): number {
    const earned = (now - this.at) / restForWork;
    this.at = now;
    const saved = Math.min(mostSavedMs, this.savedMs + earned) - tookMs;
    // Debts of what cannot be waited for any longer are forgiven.
    this.savedMs = Math.max(-longestFrameMs / restForWork, saved);
    return Math.max(shortestFrameMs, -this.savedMs * restForWork);
  }
}
