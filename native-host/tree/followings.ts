import { HostError } from '../hostError.js';
import type { PidFd } from '../process/pidFd.js';
import type { LineageLeft, TargetToken } from '../protocol.js';
import { Following, type FollowingParts } from './following.js';

/** Each may have a socket of its own, on which the kernel tells of every fork of the machine. */
const most = 32;

/** The lineages that are followed, by the token that the client chose. */
export class Followings {
  private readonly byToken = new Map<TargetToken, Following[]>();

  constructor(private readonly parts: FollowingParts) {}

  /** `root` stays the caller's. @throws HostError Gone, Exhausted */
  follow(token: TargetToken, root: PidFd): void {
    const followed = this.byToken.get(token) ?? [];
    if (followed.some((one) => one.knows(root.key))) return;
    if ([...this.byToken.values()].flat().length >= most) {
      throw new HostError('Exhausted', `${most} lineages are followed already`);
    }
    this.byToken.set(token, [...followed, new Following(this.parts, root)]);
  }

  /** @throws HostError Invalid: nothing is followed under that token */
  async left(token: TargetToken): Promise<LineageLeft> {
    const followed = this.byToken.get(token);
    if (!followed) throw new HostError('Invalid', 'nothing is followed under this token');
    const rows = (await Promise.all(followed.map((one) => one.left()))).flat();
    return {
      rows: [...new Map(rows.map((row) => [row.key, row])).values()],
      mayHaveEscaped: followed.some(({ mayHaveEscaped }) => mayHaveEscaped),
    };
  }

  forget(token: TargetToken): void {
    for (const one of this.byToken.get(token) ?? []) one[Symbol.dispose]();
    this.byToken.delete(token);
  }
}
