/**
 * Checks what came over the pipe, once, at the boundary: inside, types are trusted. Nothing is trusted to be of the
 * declared type, to be a plain object, or to be of reasonable size.
 */
import type { Method } from '../protocol.js';
import { attachParams } from './params/attachParams.js';
import type { Checks } from './params/check.js';
import { fieldsOf, integer } from './params/fields.js';
import { namespaceParams } from './params/namespaceParams.js';
import { nextParams } from './params/nextParams.js';
import { processParams } from './params/processParams.js';
import { signalParams } from './params/signalParams.js';
import { socketParams } from './params/socketParams.js';
import { translationParams } from './params/translationParams.js';
import { treeParams } from './params/treeParams.js';

/** One checker a method. @throws HostError Invalid */
export const checkParams: Checks<Method> = {
  initialize: (params) => ({
    protocolVersion: integer(fieldsOf(params), 'protocolVersion', 1, 1000),
  }),
  ...processParams,
  ...signalParams,
  ...treeParams,
  ...nextParams,
  ...attachParams,
  ...socketParams,
  ...translationParams,
  ...namespaceParams,
};
