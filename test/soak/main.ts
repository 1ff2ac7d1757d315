// npm run soak: started by scripts/soak.mjs. Exit code 1: one of the aims was missed.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { judge } from './aims';
import { Course } from './course';
import { mix, rest } from './mix';
import { closeWorld, openWorld, type World } from './world';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    minutes: { type: 'string', default: '30' },
    translations: { type: 'string', default: '1000000' },
    pairs: { type: 'string', default: '1000000' },
  },
});

const roundSeconds = 15;
const minutes = Number(values.minutes);
const rounds = Math.max(4, Math.round((minutes * 60) / roundSeconds));

/** Rounds of everything at once, with a rest after each. */
async function soak(world: World, course: Course): Promise<void> {
  for (let round = 1; round <= rounds && !world.host.hasExited; round++) {
    const dueOf = (all: string): number => Math.round((Number(all) * round) / rounds);
    const due = { pairs: dueOf(values.pairs), translations: dueOf(values.translations) };
    await mix(world, { due, ms: (minutes * 60_000) / rounds });
    await rest(world);
    await course.note();
    if (round % 8 === 0) console.error(`${round} of ${rounds} rounds`);
  }
}

const rounded = (value: number): number => Math.round(value * 100) / 100;

async function main(): Promise<number> {
  const world = await openWorld();
  const course = new Course(world.host);
  await rest(world);
  await course.note();
  await soak(world, course);
  const { lostExits, wrong, unanswered, ...done } = world.tally.counts;
  const { points } = course;
  const metrics = {
    'soak.fd_slope': rounded(course.slope('fds')),
    'soak.fds_left': (points.at(-1)?.fds ?? NaN) - (points[0]?.fds ?? NaN),
    'soak.rss_slope_mb_per_h': rounded(course.slope('rssMb')),
    'soak.heap_slope_mb_per_h': rounded(course.slope('heapMb')),
    'soak.lost_exits': lostExits,
    'soak.wrong': wrong,
    'soak.unanswered': unanswered,
    'soak.p99_ms': rounded(world.tally.p99()),
  };
  await closeWorld(world);
  const verdict = judge(metrics, minutes);
  const report = { ...metrics, minutes, done, ...verdict, wrongs: world.tally.wrongs };
  console.log(JSON.stringify(report, null, 2));
  if (values.json) writeFileSync(values.json, `${JSON.stringify({ ...report, points })}\n`);
  return verdict.missed.length === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
