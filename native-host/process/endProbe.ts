import { spawn, type ChildProcess } from 'node:child_process';
import type { EpollLoop } from '../kernel/epollLoop.js';
import type { Fd } from '../kernel/fd.js';
import { ProcConnector } from '../kernel/procConnector.js';
import { hasHungUp, openPidfd, pidfdInfo } from '../kernel/pidfd.js';
import { SysError } from '../kernel/sysError.js';

/** What the kernel says through a pidfd about a process that was reaped. */
export interface End {
  readonly hup: boolean;
  readonly status: boolean;
  /** The proc connector acknowledged us and told of this very child under the number that we know. */
  readonly announced: boolean;
}

/**
 * Lets a child end and looks: there is no other way to see these two at work. Our own runtime printing its version is
 * the one program that is surely there, and it ends in a few milliseconds. null: no child or no pidfd could be had.
 */
export async function watchAnEnd(loop: EpollLoop): Promise<End | null> {
  using news = openNews(loop);
  const child = start();
  if (!child) return null;
  const ended = endOf(child);
  using pidfd = child.pid === undefined ? null : tryOpen(child.pid);
  await ended;
  const announced = child.pid !== undefined && (news?.tells(child.pid) ?? false);
  return pidfd && { status: tells(pidfd, hasStatus), hup: tells(pidfd, hasHungUp), announced };
}

/** spawn tells of some failures by an event, and throws others: ENOMEM, say. */
function start(): ChildProcess | null {
  try {
    return spawn(process.execPath, ['--version'], { stdio: 'ignore' });
  } catch {
    return null;
  }
}

/** null where the connector cannot be had. */
function openNews(loop: EpollLoop): News | null {
  try {
    return new News(loop);
  } catch (error) {
    if (error instanceof SysError) return null;
    throw error;
  }
}

class News implements Disposable {
  private acknowledged = false;
  private readonly born = new Set<number>();
  private readonly connector: ProcConnector;

  constructor(loop: EpollLoop) {
    this.connector = new ProcConnector(loop, (event) => {
      if (event.kind === 'acknowledged') this.acknowledged = true;
      if (event.kind === 'fork') this.born.add(event.childPid);
    });
  }

  /** The child has ended, so its birth has been told, if it is told at all. */
  tells(child: number): boolean {
    this.connector.drain();
    return this.acknowledged && this.born.has(child);
  }

  [Symbol.dispose](): void {
    this.connector[Symbol.dispose]();
  }
}

function endOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
}

/** In the same tick as the spawn: libuv has had no chance to reap, so the number is the child's. */
function tryOpen(pid: number): Fd | null {
  try {
    return openPidfd(pid);
  } catch (error) {
    if (error instanceof SysError) return null; // the probe of pidfd_open itself says which
    throw error;
  }
}

const hasStatus = (pidfd: Fd): boolean => pidfdInfo(pidfd).exitCode !== null;

/** The child is reaped by now: what the kernel tells is told at once, however late a busy machine is with all else. */
function tells(pidfd: Fd, what: (pidfd: Fd) => boolean): boolean {
  try {
    return what(pidfd);
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}
