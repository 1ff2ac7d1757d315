const firstMs = 250;
const longestMs = 10_000;
const stableMs = 30_000;

/** After so many deaths in a row there is no point in trying again unasked. */
const enough = 5;

/** How long to wait before the next attempt, by how often the native host died in a row. */
export class BackOff {
  private deaths = 0;

  /** `upMs`: how long it had lived. One that lived for a while starts a new row. */
  died(upMs: number): void {
    this.deaths = upMs >= stableMs ? 1 : this.deaths + 1;
  }

  get givenUp(): boolean {
    return this.deaths >= enough;
  }

  get delayMs(): number {
    return this.deaths === 0 ? 0 : Math.min(firstMs * 2 ** (this.deaths - 1), longestMs);
  }

  reset(): void {
    this.deaths = 0;
  }
}
