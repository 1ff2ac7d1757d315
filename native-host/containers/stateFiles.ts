/** What engines write down of their containers, where we may read it. */
import { join } from 'node:path';
import { devFolder } from './devFolder.js';
import { namesIn, readText } from './files.js';
import { at, parseJson, textAt } from './json.js';

export interface StoredName {
  readonly name: string;
  /** Of a dev container: what the folder is called that it was made for. */
  readonly devFolder: string | null;
}

/** Where they are; tests have their own. */
export interface Places {
  readonly docker: readonly string[];
  /** Graph roots of containers/storage. */
  readonly storage: readonly string[];
  /** Folders of bundles, one for each of containerd's own namespaces. */
  readonly containerd: readonly string[];
  /** Run roots of containers/storage, where CRI-O keeps its bundles. */
  readonly crio: readonly string[];
  /** State directories of runc and crun. */
  readonly runtimes: readonly string[];
}

export function usualPlaces(env: NodeJS.ProcessEnv): Places {
  const { HOME: home, XDG_RUNTIME_DIR: run } = env;
  const own = (root: string | undefined, path: string) => (root ? [join(root, path)] : []);
  return {
    docker: ['/var/lib/docker/containers', ...own(home, '.local/share/docker/containers')],
    storage: ['/var/lib/containers/storage', ...own(home, '.local/share/containers/storage')],
    containerd: ['/run/containerd', '/run/k3s/containerd'].map((root) =>
      join(root, 'io.containerd.runtime.v2.task'),
    ),
    crio: ['/run/containers/storage'],
    runtimes: ['/run/runc', '/run/crun', ...own(run, 'runc'), ...own(run, 'crun')],
  };
}

async function firstOf<T>(all: readonly (() => Promise<T | null>)[]): Promise<T | null> {
  for (const one of all) {
    const found = await one();
    if (found !== null) return found;
  }
  return null;
}

/** Docker's config.v2.json, root only. */
export function dockerName({ docker }: Places, id: string): Promise<StoredName | null> {
  return firstOf(
    docker.map((root) => async () => {
      const config = parseJson(await readText(join(root, id, 'config.v2.json')));
      const name = textAt(config, 'Name')?.replace(/^\//, '');
      return name ? { name, devFolder: devFolder(at(config, 'Config', 'Labels')) } : null;
    }),
  );
}

/** Podman's containers.json: a list with ids and names. */
export function podmanName({ storage }: Places, id: string): Promise<StoredName | null> {
  const drivers = ['overlay', 'vfs', 'btrfs', 'zfs'];
  const lists = ['containers.json', 'volatile-containers.json'];
  const files = storage.flatMap((root) =>
    drivers.flatMap((driver) => lists.map((list) => join(root, `${driver}-containers`, list))),
  );
  return firstOf(
    files.map((file) => async () => {
      const list = parseJson(await readText(file));
      const all: unknown[] = Array.isArray(list) ? list : [];
      const found = all.find((one) => textAt(one, 'id') === id);
      const name = textAt(at(found, 'names'), '0');
      return name === null ? null : { name, devFolder: null };
    }),
  );
}

/** The bundle that containerd made, for kubelet or for nerdctl. */
export function containerdName({ containerd }: Places, id: string): Promise<StoredName | null> {
  return firstOf(
    containerd.map((root) => async () => {
      const bundles = (await namesIn(root)).map((space) => join(root, space, id, 'config.json'));
      return await firstOf(bundles.map((file) => async () => namedIn(await readText(file))));
    }),
  );
}

function namedIn(text: string | null): StoredName | null {
  const spec = parseJson(text);
  const cri = (name: string) => textAt(spec, 'annotations', `io.kubernetes.cri.${name}`);
  const parts = [cri('sandbox-namespace'), cri('sandbox-name'), cri('container-name')];
  const inPod = parts.filter((part) => part !== null).join('/');
  const name = inPod || textAt(spec, 'annotations', 'nerdctl/name');
  return name ? { name, devFolder: null } : null;
}

/** The bundle that CRI-O made for kubelet. */
export function crioName({ crio }: Places, id: string): Promise<StoredName | null> {
  const inRoot = join('overlay-containers', id, 'userdata/config.json');
  return firstOf(
    crio.map((root) => async () => {
      const spec = parseJson(await readText(join(root, inRoot)));
      const of = (name: string) => textAt(spec, 'annotations', `io.kubernetes.${name}`);
      const parts = [of('pod.namespace'), of('pod.name'), of('container.name')];
      const name = parts.filter((part) => part !== null).join('/');
      return name ? { name, devFolder: null } : null;
    }),
  );
}

export interface RuntimeState {
  readonly name: string;
  readonly runtime: 'runc' | 'crun';
  readonly root: string;
}

/** The directory of runc or crun whose container has this first process: number and start time, so no recycled one. */
export async function runtimeState(
  { runtimes }: Places,
  init: { pid: number; startTicks: string },
): Promise<RuntimeState | null> {
  for (const root of runtimes) {
    for (const name of await namesIn(root)) {
      const runc = parseJson(await readText(join(root, name, 'state.json')));
      const crun = parseJson(await readText(join(root, name, 'status')));
      const isRunc =
        at(runc, 'init_process_pid') === init.pid &&
        String(at(runc, 'init_process_start')) === init.startTicks;
      const isCrun =
        at(crun, 'pid') === init.pid && String(at(crun, 'process-start-time')) === init.startTicks;
      if (isRunc || isCrun) return { name, runtime: isRunc ? 'runc' : 'crun', root };
    }
  }
  return null;
}
