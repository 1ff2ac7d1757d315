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
    const take = () => {
      for (const one of census.takeNews().containers) containers.set(one.id, one);
    };
    take();
    const byNumber = firstsOf(containers, (one) => isNumber(one, name));
    if (byNumber.length > 0) return byNumber;
    // Engines may have to be asked for what they call theirs, and two of them may call theirs the same.
    await census.named();
    while (census.hasNews) {
      take();
      await census.named();
    }
    return firstsOf(containers, (one) => isCalled(one, name));
  }
}

function firstsOf(
  containers: ReadonlyMap<Container['id'], Container>,
  is: (one: Container) => boolean,
): ProcessKey[] {
  const found = [...containers.values()].filter(is);
  return found.map(({ first }) => first).filter((first) => first !== null);
}

/** As engines take it: its number, or twelve digits or more of it. */
function isNumber({ id }: Container, wanted: string): boolean {
  const number = /^[a-z]+:([0-9a-f]{64})$/.exec(id)?.[1];
  return wanted.length >= 12 && number?.startsWith(wanted) === true;
}

function isCalled({ name, engineName }: Container, wanted: string): boolean {
  return name.text === wanted || engineName === wanted;
}
