import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Container, ProcessKey } from '../../protocol.js';
import type { ContainerNames } from '../namespaceResolver.js';
import type { Census } from './census.js';

/** Processes read before other requests get their turn. */
const slice = 64;

/** Containers by name, for who asks without a subscription: everybody is read once for it. */
export class CountedContainers implements ContainerNames {
  constructor(private readonly count: () => Promise<Census>) {}

  async processesOf(name: string): Promise<readonly ProcessKey[]> {
    using census = await this.count();
    while (census.hasUrgent) {
      for (let read = 0; read < slice && census.hasUrgent; read++) census.readNext();
      await nextTurn();
    }
    const containers = new Map<Container['id'], Container>();
    do {
      for (const one of census.takeNews().containers) containers.set(one.id, one);
      await census.named();
    } while (census.hasNews);
    return [...containers.values()]
      .filter((one) => isCalled(one, name))
      .map(({ first }) => first)
      .filter((first) => first !== null);
  }
}

/** By its name, or as engines take it: by its number, or twelve digits or more of it. */
function isCalled({ id, name }: Container, wanted: string): boolean {
  const number = /^[a-z]+:([0-9a-f]{64})$/.exec(id)?.[1];
  return name.text === wanted || (wanted.length >= 12 && number?.startsWith(wanted) === true);
}
