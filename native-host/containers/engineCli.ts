/** Asks an engine's own command line, where its state files are not ours to read. By id, and never through a shell. */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { devFolder } from './devFolder.js';
import { at, parseJson, textAt } from './json.js';
import type { StoredName } from './stateFiles.js';

const answerMs = 3000;
const mostBytes = 256 * 1024;

type Cli = 'docker' | 'podman';

/** null: no such engine here, it does not know the container, or it does not answer in time. */
export async function askEngine(
  cli: Cli,
  id: string,
  limitMs = answerMs,
): Promise<StoredName | null> {
  if (!isReachable(cli)) return null;
  const format = '{"name":{{json .Name}},"labels":{{json .Config.Labels}}}';
  const answer = parseJson(
    await run(cli, ['inspect', '--type=container', '--format', format, id], limitMs),
  );
  const name = textAt(answer, 'name')?.replace(/^\//, '');
  return name ? { name, devFolder: devFolder(at(answer, 'labels')) } : null;
}

/** Without its daemon docker only says so, and takes its time. */
function isReachable(cli: Cli): boolean {
  if (!(process.env['PATH'] ?? '').split(delimiter).some((path) => existsSync(join(path, cli)))) {
    return false;
  }
  if (cli === 'podman' || process.env['DOCKER_HOST']) return true;
  const own = process.env['XDG_RUNTIME_DIR'];
  return existsSync('/var/run/docker.sock') || (!!own && existsSync(join(own, 'docker.sock')));
}

function run(cli: Cli, args: readonly string[], timeout: number): Promise<string | null> {
  return new Promise((resolve) => {
    const limits = { timeout, maxBuffer: mostBytes, killSignal: 'SIGKILL' } as const;
    try {
      execFile(cli, args, limits, (error, out) => resolve(error ? null : out)).stdin?.end();
    } catch {
      resolve(null); // execve(2): E2BIG, ETXTBSY while it is replaced... Node throws those
    }
  });
}
