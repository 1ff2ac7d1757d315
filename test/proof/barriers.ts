// Where inside an operation the number changes hands: the host stands still between two of its system calls.
import { constants } from 'node:os';
import type { IdentityTier, ProcessRow, TargetToken } from '../../native-host/protocol';
import type { Actor } from '../support/actor';
import type { HostClient } from '../support/hostClient';
import type { Where } from '../support/holdUp';
import type { Lab } from './lab';
import { named } from './operations';

const { SIGUSR1, SIGTERM } = constants.signals;
const { O_CLOEXEC } = { O_CLOEXEC: 0o2000000 };

export type Tier = Exclude<IdentityTier, 'none'>;

/** Who is there when a trial begins. */
export interface Cast {
  /** Whose number changes hands. */
  readonly target: Actor;
  /** Whom the request is about. */
  readonly asked: Actor;
  /** Collects the target. */
  readonly parent: Actor;
}

export interface Barrier {
  readonly name: string;
  readonly tiers: readonly Tier[];
  readonly where: (cast: Cast, tier: Tier) => Where;
  /** Asks by the row, or by the number itself; says whom the answer is about. */
  readonly ask: (host: HostClient, seen: ProcessRow, cast: Cast) => Promise<ProcessRow>;
  /** An answer about the impostor is right where the question was about the number. */
  readonly byNumber?: true;
  /** Nothing but the pidfd itself stands in the way, which cannot be switched off. */
  readonly unguarded?: true;
  /** Words for the host. */
  readonly without?: string;
  /** Whom it is asked about does not outlive the answer; what is written to it then would be read by another. */
  readonly endsAsked?: true;
  readonly cast?: (lab: Lab) => Promise<Cast>;
  /** What happens before the target ends. */
  readonly prepare?: (cast: Cast) => Promise<unknown>;
}

const all: readonly Tier[] = ['handle', 'inode', 'startTime'];
/** Those that open the key's number. */
const byNumber: readonly Tier[] = ['inode', 'startTime'];

const numberOpened =
  (when: Where['when']) =>
  ({ target }: Cast): Where => ({ when, call: 'pidfd_open', argument: 0, value: target.pid });

/** The best tier opens a handle, and no number is involved. */
const keyOpened =
  (when: Where['when']) =>
  (cast: Cast, tier: Tier): Where =>
    tier === 'handle'
      ? { when, call: 'open_by_handle_at', argument: 2, value: O_CLOEXEC }
      : numberOpened(when)(cast);

const signalled = (signal: number) => (): Where => ({
  ...{ when: 'before', call: 'pidfd_send_signal', argument: 1, value: signal },
});

/** What these say about a process is read by number, and believed when it is still alive after that. */
const reading = ['group', 'tree stop', 'wait', 'details', 'open', 'preview'];
/** Details are read in folders of their own, and a translation by the pidfd alone. */
const readByPidfd = ['translate', 'details', 'signal'];
const byKey = [...reading, 'translate', 'signal'];

/** The next owner of a number is in the table, under that number; the row seen before where nobody is. */
async function listed(host: HostClient, seen: ProcessRow): Promise<ProcessRow> {
  const { rows } = await host.request('processes/list', null);
  return rows.find(({ pid }) => pid === seen.pid) ?? { ...seen, comm: 'nobody' };
}

/** A root and its child, whom another process collects and whose number goes to somebody outside. */
async function family(lab: Lab): Promise<Cast> {
  const root = await lab.target();
  return { target: await lab.target(root), asked: root, parent: root };
}

/** Two of one group, led by the target or by the one that is asked about. */
const group =
  (leader: 'target' | 'asked') =>
  async (lab: Lab): Promise<Cast> => {
    const [target, asked] = [await lab.target(), await lab.target()];
    await asked.ask('handle', SIGUSR1);
    const [first, second] = leader === 'target' ? [target, asked] : [asked, target];
    await second.ask('group', first.pid);
    return { target, asked, parent: lab.parent };
  };

const toGroup = async (host: HostClient, seen: ProcessRow): Promise<ProcessRow> =>
  named('group')(host, seen);

async function stopTree(host: HostClient, seen: ProcessRow, { target }: Cast): Promise<ProcessRow> {
  const steps = [{ signal: SIGTERM, waitMs: 0 }];
  const token = 'proof' as TargetToken;
  const { members } = await host.request('tree/stop', { token, key: seen.key, steps });
  return members.find(({ row }) => row.pid === target.pid)?.row ?? seen;
}

export const barriers: readonly Barrier[] = [
  ...byKey.flatMap((name): Barrier[] => [
    { name: `${name}, before the open`, tiers: all, where: keyOpened('before'), ask: named(name) },
    {
      ...{ name: `${name}, between open and compare`, tiers: all, where: keyOpened('after') },
      ...{ ask: named(name), ...(readByPidfd.includes(name) && { unguarded: true as const }) },
    },
  ]),
  ...reading.map((name): Barrier => ({
    ...{ name: `${name}, before "is it still alive"`, tiers: all, where: signalled(0) },
    ...{ ask: named(name), unguarded: true }, // what was read until here is its own
  })),
  {
    ...{ name: 'signal, between compare and send', tiers: all, where: signalled(SIGUSR1) },
    ...{ ask: named('signal'), unguarded: true },
  },
  {
    ...{ name: 'group, between list and open of a member', tiers: all, ask: toGroup },
    ...{ where: numberOpened('before'), cast: group('asked'), without: 'groupSignals' },
  },
  {
    ...{ name: 'group, before its leader is opened', tiers: all, ask: toGroup },
    ...{ where: numberOpened('before'), cast: group('target') },
    prepare: ({ asked }) => asked.ask('group', 0), // else the number is not free
  },
  {
    ...{ name: 'tree stop, between list and open of a child', tiers: all, ask: stopTree },
    ...{ where: numberOpened('before'), cast: family, endsAsked: true },
  },
  {
    ...{ name: 'find, between open and read', tiers: byNumber, where: numberOpened('after') },
    ...{ ask: (host, { pid }) => host.request('processes/find', { pid }), byNumber: true },
  },
  {
    ...{ name: 'list, between list and open', tiers: byNumber, where: numberOpened('before') },
    ...{ ask: listed, byNumber: true, unguarded: true },
  },
  {
    ...{ name: 'list, between open and read', tiers: byNumber, where: numberOpened('after') },
    ...{ ask: listed, byNumber: true },
  },
];
