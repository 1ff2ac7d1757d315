// What the soak has to reach, and from how many minutes on a figure says anything.
import type { Asked } from './soak';

type Aim =
  | { readonly most: number; readonly fromMinutes?: number }
  | { readonly least: number; readonly fromMinutes?: never };

/** A run of half an hour is the one that counts, whatever it was asked for. */
const volumeOf = ({ minutes }: Asked, asked: number): number =>
  minutes < 30 ? asked : Math.max(asked, 1_000_000);

const aimsFor = (asked: Asked): Readonly<Record<string, Aim>> => ({
  'soak.fd_slope': { most: 0 },
  'soak.fds_left': { most: 0 },
  // Less is noise: a page more or less at the end of a minute is many megabytes an hour.
  'soak.rss_slope_mb_per_h': { most: 1, fromMinutes: 20 },
  'soak.lost_exits': { most: 0 },
  'soak.wrong': { most: 0 },
  'soak.unanswered': { most: 0 },
  'soak.p99_ms': { most: 50 },
  'soak.forks_per_s': { least: 200 },
  'soak.translations': { least: volumeOf(asked, asked.translations) },
  'soak.pairs': { least: volumeOf(asked, asked.pairs) },
});

/** What is no figure at all has missed its aim. */
function shortOf(aim: Aim, value: number): string | undefined {
  if ('least' in aim) return value >= aim.least ? undefined : `at least ${aim.least}`;
  return value <= aim.most ? undefined : `at most ${aim.most}`;
}

/** What is to be said of each aim that was missed (those fail) or that so few minutes cannot judge. */
export function judge(
  metrics: Readonly<Record<string, number>>,
  asked: Asked,
): { readonly missed: string[]; readonly notJudged: string[] } {
  const [missed, notJudged]: [string[], string[]] = [[], []];
  for (const [name, aim] of Object.entries(aimsFor(asked))) {
    const value = metrics[name] ?? NaN;
    const short = shortOf(aim, value);
    if (short === undefined) continue;
    const { fromMinutes = 0 } = aim;
    if (asked.minutes < fromMinutes)
      notJudged.push(`${name}: ${value}: it takes ${fromMinutes} minutes to say`);
    else missed.push(`${name}: ${value}, ${short}`);
  }
  return { missed, notJudged };
}
