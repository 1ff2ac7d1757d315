import { setImmediate as turn } from 'node:timers/promises';
import { HostError } from '../hostError.js';
import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import { known } from '../procfs/known.js';
import type { ProcRoot } from '../procfs/procRoot.js';
import type { ProcessFolder, ProcessKey } from '../protocol.js';

/** Read in one turn of the loop: about a millisecond. */
const slice = 50;

/** Where processes work. Each is read between opening it by its key and asking whether it was reaped. */
export class Folders {
  constructor(
    private readonly opener: ProcessOpener,
    private readonly root: ProcRoot,
  ) {}

  /** In the order of `keys`, without those that have ended. @throws HostError Exhausted */
  async read(keys: readonly ProcessKey[]): Promise<ProcessFolder[]> {
    const folders: ProcessFolder[] = [];
    for (const [index, key] of keys.entries()) {
      if (index > 0 && index % slice === 0) await turn(); // others are not kept waiting by many keys
      const folder = this.folder(key);
      if (folder) folders.push(folder);
    }
    return folders;
  }

  private folder(key: ProcessKey): ProcessFolder | null {
    using process = this.tryOpen(key);
    const cwd = process?.whileAlive((pid) => known(() => this.root.link(`${pid}/cwd`)));
    return cwd ? { key, cwd } : null;
  }

  private tryOpen(key: ProcessKey): PidFd | null {
    try {
      return this.opener.byKey(key);
    } catch (error) {
      if (HostError.is(error, 'Gone')) return null;
      throw error;
    }
  }
}
