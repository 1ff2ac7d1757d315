import { attachHandlers } from './handlers/attachHandlers.js';
import { lineageHandlers } from './handlers/lineageHandlers.js';
import { namespaceHandlers } from './handlers/namespaceHandlers.js';
import { nextHandlers } from './handlers/nextHandlers.js';
import type { Handlers, Parts } from './handlers/parts.js';
import { pickHandlers } from './handlers/pickHandlers.js';
import { processHandlers } from './handlers/processHandlers.js';
import { proofHandlers } from './handlers/proofHandlers.js';
import { signalHandlers } from './handlers/signalHandlers.js';
import { targetHandlers } from './handlers/targetHandlers.js';
import { treeHandlers } from './handlers/treeHandlers.js';
import { HostError } from './hostError.js';
import { protocolVersion, type InitializeResult, type Params } from './protocol.js';

/** All requests of the contract. */
export function createService(parts: Parts): Handlers {
  return {
    initialize: (params) => initialize(parts, params),
    ...processHandlers(parts),
    ...pickHandlers(parts),
    ...signalHandlers(parts),
    ...treeHandlers(parts),
    ...lineageHandlers(parts),
    ...nextHandlers(parts),
    ...targetHandlers(parts),
    ...proofHandlers(parts),
    ...namespaceHandlers(parts),
    ...attachHandlers(parts),
  };
}

function initialize(
  parts: Parts,
  { protocolVersion: theirs }: Params<'initialize'>,
): InitializeResult {
  if (theirs !== protocolVersion) {
    throw new HostError('Invalid', `protocol ${theirs} is not ${protocolVersion}`);
  }
  const { capabilities, world, maxOpenFiles } = parts;
  const { tier, list } = capabilities;
  return { protocolVersion, tier, capabilities: list, world, maxOpenFiles };
}
