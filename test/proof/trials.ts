// One trial: a row is drawn, its number changes hands, and the row is acted on.
import type { ProcessRow } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import { HostError, type HostClient } from '../support/hostClient';
import { tryHoldUp, type HeldUp, type Where } from '../support/holdUp';
import type { Lab } from './lab';
import { operations } from './operations';

export interface Outcome {
  /** What the impostor felt, or that the answer was about it: must be false. */
  readonly wrong: boolean;
  readonly refused: boolean;
}

const row = (host: HostClient, { pid }: Actor): Promise<ProcessRow> =>
  host.request('processes/find', { pid });

/** null: an error that says "not that process any more". */
async function answer(asked: Promise<ProcessRow>): Promise<ProcessRow | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof HostError && ['Gone', 'ProgramChanged'].includes(error.data?.kind ?? '')) {
      return null;
    }
    throw error;
  }
}

async function judge(impostor: Actor, told: ProcessRow | null): Promise<Outcome> {
  const felt = await impostor.askNumber('felt');
  return { wrong: felt > 0 || told?.comm === 'impostor', refused: told === null };
}

/** The number changes hands between what a person saw and what a person does. */
export function between(host: HostClient, lab: Lab, name: string): Promise<Outcome> {
  const operation = operations[name] ?? (() => Promise.reject(new Error(name)));
  return lab.pass(async (target) => {
    const seen = await row(host, target);
    const impostor = await lab.replace(target);
    if (!impostor) return null;
    const outcome = await judge(impostor, await answer(operation(host, seen)));
    await lab.end(impostor);
    return outcome;
  });
}

export interface Barrier {
  readonly name: string;
  readonly where: (pid: number) => Where;
  /** Asks by the row, or by the number itself. */
  readonly ask: (host: HostClient, seen: ProcessRow) => Promise<ProcessRow>;
  /** An answer about the impostor is right where the question was about the number. */
  readonly byNumber?: true;
}

const opening = (when: Where['when']) => (pid: number) =>
  ({ when, call: 'pidfd_open', argument: 0, value: pid }) as const;

const SIGUSR1 = 10;
const sending = () =>
  ({ when: 'before', call: 'pidfd_send_signal', argument: 1, value: SIGUSR1 }) as const;

const named = (name: string) => operations[name] ?? (() => Promise.reject(new Error(name)));

/** For a host that opens by number and compares (Linux 6.9 to 6.16), where there is something in between. */
export const barriers: readonly Barrier[] = [
  ...['signal', 'tree stop', 'wait', 'details'].flatMap((name) => [
    { name: `${name}, before the open`, where: opening('before'), ask: named(name) },
    { name: `${name}, between open and compare`, where: opening('after'), ask: named(name) },
  ]),
  { name: 'signal, between compare and send', where: sending, ask: named('signal') },
  {
    name: 'find, between open and read',
    where: opening('after'),
    ask: (host, { pid }) => host.request('processes/find', { pid }),
    byNumber: true,
  },
  {
    name: 'list, between list and open',
    where: opening('before'),
    ask: (host, seen) => listed(host, seen),
    byNumber: true,
  },
  {
    name: 'list, between open and read',
    where: opening('after'),
    ask: (host, seen) => listed(host, seen),
    byNumber: true,
  },
];

/** Who is in the table under that number; the row seen before where nobody is. */
async function listed(host: HostClient, seen: ProcessRow): Promise<ProcessRow> {
  const { rows } = await host.request('processes/list', null);
  return rows.find(({ pid }) => pid === seen.pid) ?? { ...seen, comm: 'nobody' };
}

/** The number changes hands while the host stands still between two of its system calls. */
export function inside(host: HostClient, lab: Lab, barrier: Barrier): Promise<Outcome> {
  return lab.pass(async (target) => {
    const seen = await row(host, target);
    const held = await tryHoldUp(host.pid, barrier.where(target.pid));
    if (!held) throw new Error('this user may not trace its own processes');
    const asked = answer(barrier.ask(host, seen));
    const impostor = await whileHeld(held, () => lab.replace(target));
    const told = await asked;
    if (!impostor) return null;
    const outcome = await judge(impostor, barrier.byNumber ? null : told);
    const stitched = barrier.byNumber === true && told !== null && isStitched(seen, told);
    await lab.end(impostor);
    return { wrong: outcome.wrong || stitched, refused: told === null };
  });
}

async function whileHeld<T>(held: HeldUp, body: () => Promise<T>): Promise<T> {
  try {
    await held.reached;
    return await body();
  } finally {
    await held.letGo();
  }
}

/** One's key beside the other's name. */
function isStitched(seen: ProcessRow, told: ProcessRow): boolean {
  return (told.key === seen.key) === (told.comm === 'impostor');
}
