import type { Method } from '../../native-host/protocol';

/** The native host went away with the request on its way: whether it was carried out is not known. */
export class HostClosedError extends Error {
  override readonly name = 'HostClosedError';

  constructor(readonly method: Method) {
    super(`The native host closed before it answered ${method}.`);
  }
}

/** No native host could be started, or it keeps dying. Nothing was asked of it. */
export class HostStartError extends Error {
  override readonly name = 'HostStartError';
}

/** There is no native host for this operating system. */
export class UnsupportedPlatformError extends Error {
  override readonly name = 'UnsupportedPlatformError';

  constructor() {
    super('The native host runs on Linux only.');
  }
}
