// A native host under its supervisor, as in VS Code, that something befalls in the middle of everything.
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { HostClosedError, HostStartError } from '../../extension/host/hostErrors';
import { HostProcess } from '../../extension/host/hostProcess';
import { launch } from '../../extension/host/launch';
import { Supervisor } from '../../extension/host/supervisor';
import { systemClock, type Clock } from '../../views/clock';
import { errorData } from '../../views/errorData';
import { Actor } from '../support/actor';
import { eventually } from '../support/eventually';
import { entry } from '../support/hostClient';
import { patience } from '../support/patience';
import { procfs } from '../support/procfs';
import { trees } from '../support/trees';
import { faultKinds, type Struck } from './faultKinds';
import { askAll, type Asked, type Victims } from './mix';

export interface Faults {
  moments: number;
  hung: number;
  leftStopped: number;
  leftRunning: number;
  wrong: number;
  readonly kinds: Record<string, number>;
  readonly notes: string[];
}

const answerMs = 15_000 * patience;
const latestMs = 150;
/** What the supervisor waits for comes sooner here; its handshake does not. */
const haste = 5;

const hurried: Clock = {
  ...systemClock,
  after: (ms, action) => systemClock.after(ms / haste, action),
};

/** mulberry32: the same moments again for the same seed, as far as time allows. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const words = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').filter(Boolean);

/** Knows the child that runs now. */
class Host {
  private readonly children: HostProcess[] = [];
  private readonly others = new Set(procfs.children(process.pid));
  readonly supervisor = new Supervisor({
    supported: true,
    clock: hurried,
    log: () => undefined,
    launch: () =>
      launch({
        programs: [process.execPath],
        spawn: (program) => {
          const child = new HostProcess(program, [entry], () => undefined);
          this.children.push(child);
          return child;
        },
        log: () => undefined,
      }),
  });

  /** Of a host that has answered, so it is there; its own children have more words. */
  get struck(): Struck {
    const child = this.children.at(-1);
    const pid = procfs
      .children(process.pid)
      .find((one) => !this.others.has(one) && words(one).at(-1) === entry);
    if (!child || pid === undefined) throw new Error('no native host');
    return { child, pid };
  }
}

async function victims({
  supervisor,
}: Host): Promise<Victims & { readonly actors: readonly Actor[] }> {
  const root = await Actor.start();
  const all = [root, await root.fork(), await root.fork()];
  for (const actor of all) await actor.ask('handle', 15);
  const keys = [];
  for (const { pid } of all) keys.push((await supervisor.request('processes/find', { pid })).key);
  const [key] = keys;
  if (!key) throw new Error('nobody');
  return { actors: all, keys, root: key, pids: all.map(({ pid }) => pid) };
}

function isUnderstood(error: unknown): boolean {
  if (error instanceof HostClosedError || error instanceof HostStartError) return true;
  const kind = errorData(error)?.kind;
  return kind !== undefined && kind !== 'Internal';
}

/** Each that neither came back nor was refused in time, or was refused in a way that nobody can explain. */
async function judge(asked: readonly Asked[], faults: Faults, where: string): Promise<void> {
  const late = delay(answerMs, 'late' as const, { ref: false });
  const verdicts = asked.map(async ({ what, outcome: told }) => {
    const outcome = await Promise.race([late, told]);
    if (outcome === 'late') note(faults, 'hung', `${where}: ${what} was not answered`);
    else if (outcome && !isUnderstood(outcome.error))
      note(faults, 'wrong', `${where}: ${what}: ${String(outcome.error)}`);
  });
  await Promise.all(verdicts);
}

type Count = 'hung' | 'leftStopped' | 'leftRunning' | 'wrong';

function note(faults: Faults, count: Count, text: string): void {
  faults[count]++;
  if (faults.notes.length < 50) faults.notes.push(text);
}

async function holds(condition: () => boolean): Promise<boolean> {
  return eventually('it', condition, 5000 * patience).then(
    () => true,
    () => false,
  );
}

/** By number and start time: none of them may be another by now. */
function descendants(pid: number): string[] {
  return procfs.children(pid).flatMap((child) => {
    const start = procfs.stat(child)?.startTicks;
    return start === undefined ? [] : [`${child} ${start}`, ...descendants(child)];
  });
}

function isOver(one: string): boolean {
  const [pid, start] = one.split(' ');
  const stat = procfs.stat(Number(pid));
  return stat === null || stat.startTicks !== start || stat.state === 'Z';
}

/** The next native host finds all as it was. */
async function assertThere(
  supervisor: Supervisor,
  { pids, keys }: Victims,
  faults: Faults,
  where: string,
): Promise<void> {
  for (const [at, pid] of pids.entries()) {
    const found = await supervisor.request('processes/find', { pid }).then(
      ({ key }) => key,
      (error: unknown) => String(error),
    );
    if (found !== keys[at]) note(faults, 'wrong', `${where}: ${keys[at]} is ${found} afterwards`);
  }
}

async function moment(
  host: Host,
  them: Victims,
  kind: string,
  random: () => number,
  faults: Faults,
) {
  const { supervisor, struck } = host;
  const where = `moment ${faults.moments} (${kind})`;
  const asked = askAll(supervisor, them, random);
  await delay(random() * latestMs);
  const below = descendants(struck.pid);
  await faultKinds[kind]?.(struck);
  if (kind === 'restarted') await supervisor.restart();
  await judge(asked, faults, where);
  await supervisor.restart();
  if (!(await holds(() => !them.pids.some(trees.isStopped))))
    note(faults, 'leftStopped', `${where}: somebody is left stopped`);
  if (!(await holds(() => below.every(isOver))))
    note(faults, 'leftRunning', `${where}: ${below.filter((one) => !isOver(one)).join(', ')}`);
  await assertThere(supervisor, them, faults, where);
  faults.moments++;
  faults.kinds[kind] = (faults.kinds[kind] ?? 0) + 1;
}

/** So many moments, of all kinds in turn. */
export async function strike(
  moments: number,
  seed: number,
  progress: (faults: Faults) => void = () => undefined,
): Promise<Faults> {
  const faults: Faults = {
    ...{ moments: 0, hung: 0, leftStopped: 0, leftRunning: 0, wrong: 0 },
    ...{ kinds: {}, notes: [] },
  };
  const [host, random, kinds] = [new Host(), randomOf(seed), Object.keys(faultKinds)];
  const them = await victims(host);
  try {
    for (let at = 0; at < moments; at++) {
      await Promise.all(them.actors.map((actor) => actor.ask('pid'))); // else they end after a while
      await moment(host, them, kinds[at % kinds.length] ?? '', random, faults);
      progress(faults);
    }
  } finally {
    await host.supervisor.stop();
    await Actor.endAll();
  }
  return faults;
}
