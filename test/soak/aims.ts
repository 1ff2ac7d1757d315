// What the soak has to reach, and from how many minutes on a figure says anything.
interface Aim {
  readonly most: number;
  readonly fromMinutes: number;
}

const aims: Readonly<Record<string, Aim>> = {
  'soak.fd_slope': { most: 0, fromMinutes: 0 },
  'soak.fds_left': { most: 0, fromMinutes: 0 },
  // Less is noise: a page more or less at the end of a minute is many megabytes an hour.
  'soak.rss_slope_mb_per_h': { most: 1, fromMinutes: 20 },
  'soak.lost_exits': { most: 0, fromMinutes: 0 },
  'soak.wrong': { most: 0, fromMinutes: 0 },
  'soak.unanswered': { most: 0, fromMinutes: 0 },
  'soak.p99_ms': { most: 50, fromMinutes: 0 },
};

/** What is to be said of each aim that was missed (those fail) or that so few minutes cannot judge. */
export function judge(
  metrics: Readonly<Record<string, number>>,
  minutes: number,
): { readonly missed: string[]; readonly notJudged: string[] } {
  const [missed, notJudged]: [string[], string[]] = [[], []];
  for (const [name, { most, fromMinutes }] of Object.entries(aims)) {
    const value = metrics[name] ?? NaN;
    if (value <= most) continue;
    if (minutes < fromMinutes)
      notJudged.push(`${name}: ${value}: it takes ${fromMinutes} minutes to say`);
    else missed.push(`${name}: ${value}, at most ${most}`);
  }
  return { missed, notJudged };
}
