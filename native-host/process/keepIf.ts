import type { PidFd } from './pidFd.js';

/** What was opened stays open only if `test` says yes: it is closed too where that throws (out of descriptors, say). */
export function keepIf(process: PidFd | null, test: (process: PidFd) => boolean): PidFd | null {
  let isKept = false;
  try {
    isKept = process !== null && test(process);
  } finally {
    if (!isKept) process?.[Symbol.dispose]();
  }
  return isKept ? process : null;
}
