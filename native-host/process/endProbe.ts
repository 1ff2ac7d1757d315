import { spawn, type ChildProcess } from 'node:child_process';
import { EPOLLHUP } from '../kernel/constants.js';
import type { EpollLoop } from '../kernel/epollLoop.js';
import type { Fd } from '../kernel/fd.js';
import { ProcConnector } from '../kernel/procConnector.js';
import { openPidfd, pidfdInfo } from '../kernel/pidfd.js';
import { SysError } from '../kernel/sysError.js';

/** What the kernel says through a pidfd about a process that was reaped. */
export interface End {
  readonly hup: boolean;
  readonly status: boolean;
  /** The proc connector acknowledged us and told of this very child under the number that we know. */
  readonly announced: boolean;
}

const hupWaitMs = 50;

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
  return pidfd && { status: hasStatus(pidfd), hup: await hangsUp(loop, pidfd), announced };
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

function hasStatus(pidfd: Fd): boolean {
  try {
    return pidfdInfo(pidfd).exitCode !== null;
  } catch (error) {
    if (error instanceof SysError) return false;
    throw error;
  }
}

/** EPOLLHUP is reported unasked, and at once where it is reported at all: the child is reaped by now. */
function hangsUp(loop: EpollLoop, pidfd: Fd): Promise<boolean> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => finish(0), hupWaitMs);
    const watch = loop.watch(pidfd, 0, (events) => finish(events));
    function finish(events: number): void {
      clearTimeout(timer);
      watch[Symbol.dispose]();
      resolve((events & EPOLLHUP) !== 0);
    }
  });
}
