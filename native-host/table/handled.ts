/** For a promise that is waited for later, or not at all where something else fails first: it may fail before that. */
export function handled<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
