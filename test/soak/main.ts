// npm run soak: started by scripts/soak.mjs. Exit code 1: something was lost, wrong or unanswered.
import { writeFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { protocolVersion, type TargetToken } from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { HostClient } from '../support/hostClient';
import { Course } from './course';
import { jobs, type World } from './jobs';
import { Tally } from './tally';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    minutes: { type: 'string', default: '30' },
    pairs: { type: 'string', default: '1000000' },
  },
});

const lookEachMs = 5_000;
const pairsAtOnce = 100;

async function open(): Promise<World> {
  const host = new HostClient();
  await host.request('initialize', { protocolVersion });
  await host.request('processes/list', null);
  const [crowds, waiting, signalled, quiet] = await Promise.all(
    Array.from({ length: 4 }, () => Actor.start()),
  );
  if (!crowds || !waiting || !signalled || !quiet) throw new Error('no actors');
  const { pid } = quiet;
  const { key } = await host.request('processes/find', { pid });
  return { host, tally: new Tally(), bystander: { pid, key }, crowds, waiting, signalled };
}

/** All jobs at once, each over and over, until the time is over. */
async function soak(world: World, course: Course, ms: number): Promise<void> {
  const ends = performance.now() + ms;
  const isOver = () => performance.now() > ends;
  const repeat = async (job: (typeof jobs)[number]) => {
    for (let round = 0; !isOver(); round++) await job(world, round);
  };
  const look = async () => {
    for (; !isOver(); await delay(lookEachMs)) course.note();
  };
  await Promise.all([...jobs.map(repeat), look()]);
}

/** Holds and releases, many at once. */
async function holdAndRelease({ host, bystander }: World, pairs: number): Promise<void> {
  for (let made = 0; made < pairs; made += pairsAtOnce) {
    const tokens = Array.from({ length: pairsAtOnce }, (_, n) => `pair ${made + n}` as TargetToken);
    const all = tokens.map(async (token) => {
      await host.request('target/hold', { token, key: bystander.key });
      await host.request('target/release', { token });
    });
    await Promise.all(all);
    host.received.length = 0;
  }
}

async function main(): Promise<number> {
  const world = await open();
  const { host, tally } = world;
  const fds = host.fds();
  const course = new Course(host);
  await soak(world, course, Number(values.minutes) * 60_000);
  await host.request('processes/unsubscribe', null);
  await host.request('namespaces/unsubscribe', null);
  await holdAndRelease(world, Number(values.pairs));
  const left = host.fds() - fds;
  await host.close();
  await Actor.endAll();
  const { lostExits, wrong, unanswered, ...done } = tally.counts;
  const report = {
    'soak.fd_slope': course.slope('fds'),
    'soak.fds_left': left,
    'soak.rss_slope_mb_per_h': course.slope('rssMb'),
    'soak.lost_exits': lostExits,
    'soak.wrong': wrong,
    'soak.unanswered': unanswered,
    'soak.p99_ms': tally.p99(),
    done: { ...done, minutes: Number(values.minutes), pairs: Number(values.pairs) },
    wrongs: tally.wrongs,
  };
  console.log(JSON.stringify(report, null, 2));
  if (values.json) writeFileSync(values.json, `${JSON.stringify(report, null, 2)}\n`);
  return lostExits + wrong + unanswered + Math.abs(left) === 0 ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
