// Who takes part in the soak.
import {
  protocolVersion,
  type InitializeResult,
  type ProcessKey,
  type TranslatedNumber,
} from '../../native-host/protocol';
import { Actor } from '../support/actor';
import { HostClient } from '../support/hostClient';
import { hostApi } from './hostApi';
import { ShownView } from './shownView';
import { Tally } from './tally';

interface Known {
  readonly pid: number;
  readonly key: ProcessKey;
}

export interface World {
  readonly host: HostClient;
  readonly tally: Tally;
  readonly view: ShownView;
  /** The kernel tells how a process has ended whom it was not the child of. */
  readonly tellsEnds: boolean;
  /** Lives throughout. */
  readonly bystander: Known;
  /** In a PID namespace of its own, where that can be made; `elsewhere`: what those outside of it are called there. */
  readonly nested: Known & { readonly nsPid: number; readonly elsewhere: TranslatedNumber };
  /** Makes and collects the crowds. */
  readonly crowds: Actor;
  /** Makes and collects single children, one job at a time. */
  readonly waiting: Actor;
  readonly signalled: Actor;
  /** They are told something now and then, or they end. */
  readonly all: readonly Actor[];
}

async function find(host: HostClient, pid: number): Promise<Known> {
  const { key } = await host.request('processes/find', { pid });
  return { pid, key };
}

async function nest(host: HostClient, quiet: Actor, all: Actor[]): Promise<World['nested']> {
  try {
    const init = await quiet.nest();
    all.push(init);
    return { ...(await find(host, init.pid)), nsPid: 1, elsewhere: 'noneThere' };
  } catch (error) {
    console.error(`translations within one PID namespace only: ${String(error)}`);
    const known = await find(host, quiet.pid);
    return { ...known, nsPid: quiet.pid, elsewhere: quiet.pid };
  }
}

const tellsEnds = ({ capabilities }: InitializeResult): boolean =>
  capabilities.some(
    ({ id, available }) => available && (id === 'exitInfo' || id === 'procConnector'),
  );

export async function openWorld(): Promise<World> {
  const host = new HostClient([], require.resolve('./host'));
  const hello = await host.request('initialize', { protocolVersion });
  await host.request('processes/list', null);
  const all = await Promise.all(Array.from({ length: 4 }, () => Actor.start()));
  const [crowds, waiting, signalled, quiet] = all;
  if (!crowds || !waiting || !signalled || !quiet) throw new Error('no actors');
  const tally = new Tally();
  const [bystander, nested] = [await find(host, quiet.pid), await nest(host, quiet, all)];
  const view = new ShownView(hostApi(host, hello, tally));
  const actors = { bystander, nested, crowds, waiting, signalled, all };
  return { host, tally, view, tellsEnds: tellsEnds(hello), ...actors };
}

export async function closeWorld({ host, view }: World): Promise<void> {
  view.dispose();
  await host.close();
  await Actor.endAll();
}
