import { HostError } from './hostError.js';
import type { TargetToken } from './protocol.js';

/** One use of a token. */
export interface TokenSlot<T> {
  /** undefined: it is about to begin. */
  value?: T;
}

/**
 * What the client began, by the token that it chose. What takes a while to begin may have been ended by then, and its
 * token may already be another one's.
 */
export class TokenSlots<T> {
  private readonly slots = new Map<TargetToken, TokenSlot<T>>();

  constructor(
    private readonly most: number,
    private readonly tooMany: string,
  ) {}

  get tokens(): TargetToken[] {
    return [...this.slots.keys()];
  }

  /** @throws HostError Invalid: the token is in use; Exhausted */
  reserve(token: TargetToken): TokenSlot<T> {
    if (this.slots.has(token)) throw new HostError('Invalid', 'this token is in use');
    if (this.slots.size >= this.most) throw new HostError('Exhausted', this.tooMany);
    const slot: TokenSlot<T> = {};
    this.slots.set(token, slot);
    return slot;
  }

  /** It has begun. @throws HostError Invalid: it was ended before */
  fill(token: TargetToken, slot: TokenSlot<T>, value: T): void {
    if (this.slots.get(token) !== slot) throw new HostError('Invalid', 'it was ended as it began');
    slot.value = value;
  }

  get(token: TargetToken): T | undefined {
    return this.slots.get(token)?.value;
  }

  /** Frees the token; undefined where nothing has begun by it. */
  take(token: TargetToken): T | undefined {
    const value = this.get(token);
    this.slots.delete(token);
    return value;
  }

  /** Unless the token is another one's. */
  free(token: TargetToken, slot: TokenSlot<T>): void {
    if (this.slots.get(token) === slot) this.slots.delete(token);
  }
}
