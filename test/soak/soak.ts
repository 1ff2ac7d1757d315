import { Course, type Point } from './course';
import { mix, rest } from './mix';
import { closeWorld, openWorld, type World } from './world';

/** How long, and how many of each in that time. */
export interface Asked {
  readonly minutes: number;
  readonly pairs: number;
  readonly translations: number;
}

export interface Soaked {
  readonly metrics: Readonly<Record<string, number>>;
  /** How often what was done. */
  readonly done: Readonly<Record<string, number>>;
  readonly wrongs: readonly string[];
  readonly points: readonly Point[];
}

const roundSeconds = 15;

/** Rounds of everything at once, with a rest after each. */
async function go(world: World, course: Course, asked: Asked): Promise<void> {
  const rounds = Math.max(4, Math.round((asked.minutes * 60) / roundSeconds));
  await rest(world);
  await course.note();
  for (let round = 1; round <= rounds && !world.host.hasExited; round++) {
    const dueOf = (all: number): number => Math.round((all * round) / rounds);
    const due = { pairs: dueOf(asked.pairs), translations: dueOf(asked.translations) };
    await mix(world, { due, ms: (asked.minutes * 60_000) / rounds });
    await rest(world);
    await course.note();
    if (round % 8 === 0) console.error(`${round} of ${rounds} rounds`);
  }
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

function sumUp({ tally }: World, course: Course): Soaked {
  const { lostExits, wrong, unanswered, translations, pairs, ...done } = tally.counts;
  const { points } = course;
  const metrics = {
    'soak.fd_slope': rounded(course.slope('fds')),
    'soak.fds_left': (points.at(-1)?.fds ?? NaN) - (points[0]?.fds ?? NaN),
    'soak.rss_slope_mb_per_h': rounded(course.slope('rssMb')),
    'soak.heap_slope_mb_per_h': rounded(course.slope('heapMb')),
    'soak.lost_exits': lostExits,
    'soak.wrong': wrong,
    'soak.unanswered': unanswered,
    'soak.p99_ms': rounded(tally.p99()),
    'soak.forks_per_s': rounded(tally.forksPerSecond()),
    'soak.translations': translations,
    'soak.pairs': pairs,
  };
  return { metrics, done, wrongs: tally.wrongs, points };
}

/** Everything at once with one native host, for so long. */
export async function soak(asked: Asked): Promise<Soaked> {
  const world = await openWorld();
  try {
    const course = new Course(world.host);
    await go(world, course, asked);
    return sumUp(world, course);
  } finally {
    await closeWorld(world);
  }
}
