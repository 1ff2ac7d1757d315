import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { TreeReader } from './treeReader.js';

/** The process with that number, where it is a child of `parent`, which is held; null otherwise. */
export function openChild(
  { opener, reader }: { readonly opener: ProcessOpener; readonly reader: TreeReader },
  pid: number,
  parent: PidFd,
): PidFd | null {
  return opener.tryListed(
    pid,
    // In this order: the child named its parent, and the parent's number was still the parent's after that.
    (child) => reader.stat(child)?.ppid === parent.pid && !parent.isReaped(),
  );
}
