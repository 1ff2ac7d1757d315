import { existsSync, mkdirSync, rmdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually';
import { onlyRoot, skipBecause } from './results';

/** Where the unified hierarchy is, beside those of version 1 or alone. */
const hierarchies = ['/sys/fs/cgroup/unified', '/sys/fs/cgroup'];

/** A cgroup of the unified hierarchy, called as the test wants. It goes when all that were in it have ended. */
export class OwnCgroup implements AsyncDisposable {
  private constructor(private readonly folder: string) {}

  /** Skips the test where none can be made. */
  static make(test: Mocha.Context, name: string): OwnCgroup {
    onlyRoot(test, 'makes cgroups');
    const hierarchy = hierarchies.find((folder) => existsSync(join(folder, 'cgroup.controllers')));
    if (hierarchy === undefined) return skipBecause(test, 'no unified hierarchy of cgroups');
    const folder = join(hierarchy, name);
    try {
      mkdirSync(folder);
    } catch {
      return skipBecause(test, 'no cgroup can be made');
    }
    return new OwnCgroup(folder);
  }

  add(pid: number): void {
    writeFileSync(join(this.folder, 'cgroup.procs'), String(pid));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await eventually('the cgroup is empty and gone', () => {
      try {
        rmdirSync(this.folder);
        return true;
      } catch {
        return false; // EBUSY while somebody is in it
      }
    });
  }
}
