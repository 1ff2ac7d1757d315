import type { Method, Params } from '../../protocol.js';

/** For each of some methods, what makes its parameters of what came over the pipe. @throws HostError Invalid */
export type Checks<M extends Method> = { readonly [K in M]: (params: unknown) => Params<K> };

/** Of methods without parameters. */
export const none = () => null;
