// What must hold when a moment is over.
import { HostClosedError } from '../../extension/host/hostErrors';
import type { Supervisor } from '../../extension/host/supervisor';
import { eventually } from '../support/eventually';
import { patience } from '../support/patience';
import { procfs } from '../support/procfs';
import { trees } from '../support/trees';
import type { Victims } from './mix';
import { note, type Tally } from './tally';

async function holds(condition: () => boolean | Promise<boolean>): Promise<boolean> {
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

/** Whoever asks again is answered by the next native host, which comes by itself. */
async function assertComesBack(
  supervisor: Supervisor,
  errors: readonly unknown[],
  tally: Tally,
  where: string,
): Promise<void> {
  if (!errors.some((error) => error instanceof HostClosedError)) return;
  const isAnswered = () =>
    supervisor.request('attach/traced', null).then(
      () => true,
      () => false,
    );
  if (!(await holds(isAnswered))) note(tally, 'wrong', `${where}: no native host came afterwards`);
}

async function assertNothingLeft(
  { pids }: Victims,
  below: readonly string[],
  tally: Tally,
  where: string,
): Promise<void> {
  if (!(await holds(() => !pids.some(trees.isStopped))))
    note(tally, 'leftStopped', `${where}: somebody is left stopped`);
  if (!(await holds(() => below.every(isOver))))
    note(tally, 'leftRunning', `${where}: ${below.filter((one) => !isOver(one)).join(', ')}`);
}

/** The next native host finds all as it was. */
async function assertThere(
  supervisor: Supervisor,
  { pids, keys }: Victims,
  tally: Tally,
  where: string,
): Promise<void> {
  for (const [at, pid] of pids.entries()) {
    const found = await supervisor.request('processes/find', { pid }).then(
      ({ key }) => key,
      (error: unknown) => String(error),
    );
    if (found !== keys[at]) note(tally, 'wrong', `${where}: ${keys[at]} is ${found} afterwards`);
  }
}

export const afterwards = { descendants, assertComesBack, assertNothingLeft, assertThere };
