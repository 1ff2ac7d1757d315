import type { Fd } from './fd.js';
import { openDirectory } from './files.js';

/** Two ends of three pipes, what else libuv opens to start a child, and some for what comes back on its threads. */
const needed = 12;

/**
 * To be asked right before a child is started with pipes: where descriptors do not last for it, Node leaves those open
 * that it has made (ChildProcess.spawn in lib/internal/child_process.js returns early). @throws SysError EMFILE, ENFILE
 */
export function assertSpareDescriptors(): void {
  const spare: Fd[] = [];
  try {
    while (spare.length < needed) spare.push(openDirectory('/'));
  } finally {
    for (const one of spare) one[Symbol.dispose]();
  }
}
