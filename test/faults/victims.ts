// Whom everything is asked about: all of them are to be there afterwards as they were.
import { Actor } from '../support/actor';
import { procfs } from '../support/procfs';
import { wordy } from '../support/wordy';
import type { FaultyHost } from './faultyHost';
import type { Victims } from './mix';

export interface LivingVictims extends Victims, AsyncDisposable {
  /** Else they end after a while. */
  stayAlive(): Promise<void>;
}

export async function startVictims({ supervisor }: FaultyHost): Promise<LivingVictims> {
  const keyOf = async (pid: number) => (await supervisor.request('processes/find', { pid })).key;
  const root = await Actor.start();
  const actors = [root, await root.fork(), await root.fork()];
  for (const actor of actors) await actor.ask('handle', 15);
  const talker = await wordy();
  const pids = actors.map(({ pid }) => pid);
  const keys = [];
  for (const pid of pids) keys.push(await keyOf(pid));
  return {
    ...{ pids, keys, root: await keyOf(root.pid), talker: await keyOf(talker.pid) },
    namespace: procfs.namespace(root.pid, 'pid'),
    stayAlive: async () => void (await Promise.all(actors.map((actor) => actor.ask('pid')))),
    [Symbol.asyncDispose]: async () => {
      talker[Symbol.dispose]();
      await Actor.endAll();
    },
  };
}
