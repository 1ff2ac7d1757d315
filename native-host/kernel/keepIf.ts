/** What was opened stays open only if `test` says yes: it is closed too where that throws (out of descriptors, say). */
export function keepIf<T extends Disposable>(one: T | null, test: (one: T) => boolean): T | null {
  let isKept = false;
  try {
    isKept = one !== null && test(one);
  } finally {
    if (!isKept) one?.[Symbol.dispose]();
  }
  return isKept ? one : null;
}
