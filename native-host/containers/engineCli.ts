/** Asks an engine's own command line, where its state files are not ours to read. By id, and never through a shell. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { assertSpareDescriptors } from '../kernel/spareDescriptors.js';
import type { ContainerEngine } from '../protocol.js';
import { devFolder } from './devFolder.js';
import { at, parseJson, textAt } from './json.js';
import type { StoredName } from './stateFiles.js';

const answerMs = 3000;
const mostBytes = 256 * 1024;

export type Cli = 'docker' | 'podman' | 'nerdctl' | 'crictl';

/** Who can be asked for the names of an engine's containers. */
export function cliOf(engine: ContainerEngine | null): Cli | null {
  switch (engine) {
    case 'docker':
    case 'podman':
      return engine;
    case 'containerd':
      return 'nerdctl';
    case 'kubernetes':
    case 'crio':
      return 'crictl';
    default:
      return null;
  }
}

/** null: no such engine here, it does not know the container, or it does not answer in time. */
export async function askEngine(
  cli: Cli,
  id: string,
  limitMs = answerMs,
): Promise<StoredName | null> {
  if (!isReachable(cli)) return null;
  return cli === 'crictl' ? await askKubelet(id, limitMs) : await askLikeDocker(cli, id, limitMs);
}

async function askLikeDocker(cli: Cli, id: string, limitMs: number): Promise<StoredName | null> {
  const format = '{"name":{{json .Name}},"labels":{{json .Config.Labels}}}';
  const words = ['inspect', '--type=container', '--format', format, id];
  const answer = parseJson(await run(cli, words, limitMs));
  const name = textAt(answer, 'name')?.replace(/^\//, '');
  return name ? { name, devFolder: devFolder(at(answer, 'labels')) } : null;
}

/** As the state files of containerd and CRI-O have it: pod namespace, pod, container. */
async function askKubelet(id: string, limitMs: number): Promise<StoredName | null> {
  const answer = parseJson(await run('crictl', ['inspect', '--output', 'json', id], limitMs));
  const label = (name: string) => textAt(answer, 'status', 'labels', `io.kubernetes.${name}`);
  const parts = [label('pod.namespace'), label('pod.name'), label('container.name')];
  const name = parts.filter((part) => part !== null).join('/');
  return name ? { name, devFolder: null } : null;
}

/** Without its daemon docker only says so, and takes its time; so do the others but podman, which has none. */
function isReachable(cli: Cli): boolean {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  if (!folders.some((path) => existsSync(join(path, cli)))) return false;
  return cli === 'podman' || isPointedOut(cli) || sockets[cli].some((path) => existsSync(path));
}

const ofContainerd = ['/run/containerd/containerd.sock', '/run/k3s/containerd/containerd.sock'];
const sockets: Readonly<Record<Exclude<Cli, 'podman'>, readonly string[]>> = {
  docker: ['/var/run/docker.sock'],
  nerdctl: ofContainerd,
  crictl: [...ofContainerd, '/run/crio/crio.sock', '/run/cri-dockerd.sock'],
};

/** By a variable, or by what an ordinary user's own engine makes. */
function isPointedOut(cli: Exclude<Cli, 'podman'>): boolean {
  const { DOCKER_HOST, CONTAINERD_ADDRESS, CONTAINER_RUNTIME_ENDPOINT } = process.env;
  if (cli === 'crictl') return !!CONTAINER_RUNTIME_ENDPOINT;
  if (cli === 'nerdctl') return !!CONTAINERD_ADDRESS || hasOwn('containerd-rootless');
  return !!DOCKER_HOST || hasOwn('docker.sock');
}

function hasOwn(name: string): boolean {
  const own = process.env['XDG_RUNTIME_DIR'];
  return !!own && existsSync(join(own, name));
}

function run(cli: Cli, args: readonly string[], timeout: number): Promise<string | null> {
  return new Promise((resolve) => {
    const limits = { timeout, maxBuffer: mostBytes, killSignal: 'SIGKILL' } as const;
    try {
      assertSpareDescriptors();
      execFile(cli, args, limits, (error, out) => resolve(error ? null : out)).stdin?.end();
    } catch {
      resolve(null); // no descriptors; execve(2): E2BIG, ETXTBSY while it is replaced... Node throws those
    }
  });
}
