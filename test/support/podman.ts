import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeBusyboxRoot } from './busyboxRoot';
import { procfs } from './procfs';
import { skipBecause } from './results';
import { patient, Sandbox } from './sandbox';

/** What works without systemd, with old cgroups, and where nobody may raise a limit. */
const settings = `
[containers]
default_ulimits = ["nofile=1024:1024", "nproc=4096:4096"]
netns = "none"
[engine]
runtime = "runc"
cgroup_manager = "cgroupfs"
events_logger = "none"
`;

/** Where the one that belongs to HOME is. */
const store = '.local/share/containers/storage';

/** A container of podman's with a store of its own. It ends with its standard input, so never later than the test. */
export class PodmanContainer implements AsyncDisposable {
  private constructor(
    /** A home directory: a host that has it as its own finds the store. */
    readonly home: string,
    private readonly sandbox: Sandbox,
  ) {}

  /** @param user a command that runs its arguments, as the one whose number is `owner` if that is not us */
  static async run(
    context: Mocha.Context,
    name: string,
    user: readonly string[] = [],
    owner?: number,
  ): Promise<PodmanContainer> {
    const home = mkdtempSync(join(tmpdir(), 'pidfd-podman-'));
    try {
      chmodSync(home, 0o755);
      writeFileSync(join(home, 'containers.conf'), settings);
      const command = [...user, ...podman(home, name, rootOf(context, home, owner)), ...patient];
      return new PodmanContainer(home, await Sandbox.run(context, command));
    } catch (error) {
      remove(home);
      throw error;
    }
  }

  /** Of its first process, in our own PID namespace. */
  get pid(): number {
    return Number(readFileSync(join(this.home, 'pid'), 'utf8'));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.sandbox[Symbol.asyncDispose]();
    remove(this.home);
  }
}

function rootOf(context: Mocha.Context, home: string, owner: number | undefined): string {
  try {
    return makeBusyboxRoot(home, owner);
  } catch (error) {
    skipBecause(context, `no busybox-static: ${String(error)}`);
  }
}

function podman(home: string, name: string, rootfs: string): string[] {
  const variables = [`HOME=${home}`, `XDG_RUNTIME_DIR=${home}`];
  return [
    ...['env', ...variables, `CONTAINERS_CONF=${join(home, 'containers.conf')}`],
    ...['podman', '--root', join(home, store), '--runroot', join(home, 'run')],
    ...['--tmpdir', join(home, 'tmp'), '--storage-driver', 'vfs', '--log-level', 'fatal'],
    ...['run', '--interactive', '--rm', '--name', name, '--pidfile', join(home, 'pid')],
    ...['--rootfs', rootfs],
  ];
}

/** And what an ordinary user's podman leaves running: a process that keeps his namespaces. */
function remove(home: string): void {
  const pause = pauseOf(home);
  if (pause !== null && procfs.stat(pause)?.comm.startsWith('podman'))
    process.kill(pause, 'SIGKILL');
  rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
}

function pauseOf(home: string): number | null {
  try {
    return Number(readFileSync(join(home, 'tmp/pause.pid'), 'utf8'));
  } catch {
    return null; // root's leaves none
  }
}
