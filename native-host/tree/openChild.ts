import type { PidFd } from '../process/pidFd.js';
import type { ProcessOpener } from '../process/processOpener.js';
import type { TreeReader } from './treeReader.js';

/** The process with that number, where it is a child of `parent`, which is held; null otherwise. */
export function openChild(
  { opener, reader }: { readonly opener: ProcessOpener; readonly reader: TreeReader },
  pid: number,
  parent: PidFd,
): PidFd | null {
  const child = opener.tryNumber(pid);
  let isChild = false;
  try {
    // In this order: the child named its parent, and the parent's number was still the parent's after that.
    isChild = child !== null && reader.stat(child)?.ppid === parent.pid && !parent.isReaped();
  } finally {
    if (!isChild) child?.[Symbol.dispose]();
  }
  return isChild ? child : null;
}
