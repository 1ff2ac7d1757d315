import type { News, Told } from './processNews.js';

/** A frame with news about so many numbers is one of a storm. */
const stormy = 16;

export const isStorm = ({ numbers }: News): boolean => numbers.size >= stormy;

/**
 * Who was born a moment ago. In a storm each is looked at in the next frame, if he lives to see it: most do not, and to
 * read a row for them is what following a storm would cost.
 */
export class Newborns {
  private waiting = new Map<number, Told>();

  /** News to be followed now: with those that have waited for a frame, without those that are to. */
  defer(news: News, rows: { get(pid: number): unknown }): News {
    const joined = this.joinTo(news);
    if (!isStorm(news) || news.lost) return joined;
    const numbers = new Map(joined.numbers);
    for (const pid of news.numbers.keys()) {
      const told = numbers.get(pid);
      if (!told || told.origin === null || told.exited || rows.get(pid)) continue;
      this.waiting.set(pid, told);
      numbers.delete(pid);
    }
    return { ...joined, numbers };
  }

  /** With all that have waited. */
  joinTo(news: News): News {
    if (this.waiting.size === 0) return news;
    const numbers = this.waiting;
    this.waiting = new Map();
    for (const [pid, told] of news.numbers) numbers.set(pid, join(numbers.get(pid), told));
    return { ...news, numbers };
  }
}

/** A fork makes it another process. That the number's last owner exited is still to be followed. */
function join(before: Told | undefined, told: Told): Told {
  if (!before) return told;
  const exited = before.exited || told.exited;
  if (told.origin !== null) return { ...told, exited };
  const executed = before.executed || told.executed;
  return { origin: before.origin, executed, exited, traced: before.traced || told.traced };
}
