// A cgroup of our own that caps how many processes there are in it, on either version of cgroups.
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { eventually } from '../../support/eventually';

/** The pids controller's own hierarchy, else that of all controllers. */
const hierarchies = ['/sys/fs/cgroup/pids', '/sys/fs/cgroup'];

export class PidsCgroup {
  private constructor(private readonly folder: string) {}

  /** null where none can be made: not root, read-only, or without the controller. Nothing but our own is changed. */
  static make(most: number): PidsCgroup | null {
    for (const hierarchy of hierarchies.filter((folder) => existsSync(`${folder}/cgroup.procs`))) {
      const folder = path.join(hierarchy, `pidfd-explorer-bench-${process.pid}`);
      try {
        mkdirSync(folder);
      } catch {
        continue;
      }
      try {
        writeFileSync(`${folder}/pids.max`, String(most), { flag: 'r+' });
        return new PidsCgroup(folder);
      } catch {
        rmdirSync(folder);
      }
    }
    return null;
  }

  /** It, and all that it forks from here on. */
  add(pid: number): void {
    writeFileSync(`${this.folder}/cgroup.procs`, String(pid));
  }

  /** Zombies are not among them. */
  pids(): number[] {
    const text = readFileSync(`${this.folder}/cgroup.procs`, 'utf8');
    return text.split('\n').filter(Boolean).map(Number);
  }

  /** When the last process has left: the kernel refuses before. */
  async remove(): Promise<void> {
    await eventually(`${this.folder} is empty`, () => this.pids().length === 0);
    rmdirSync(this.folder);
  }
}
