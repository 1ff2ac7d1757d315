import type { SignalStep, TreeRequests } from '../../protocol.js';
import type { Checks } from './check.js';
import { fieldsOf, integer, listOf, yesOrNo, type Fields } from './fields.js';
import { keyAlone, program, tokenAlone, tokenAndKey } from './named.js';
import { signal } from './signalParams.js';

const mostSteps = 16;
/** A day. */
const longestWaitMs = 24 * 60 * 60 * 1000;

function steps(fields: Fields): SignalStep[] {
  return listOf(fields, 'steps', mostSteps, 1).map((one) => {
    const step = fieldsOf(one);
    return { signal: signal(step), waitMs: integer(step, 'waitMs', 0, longestWaitMs) };
  });
}

export const treeParams: Checks<keyof TreeRequests> = {
  'tree/preview': keyAlone,
  'tree/stop': (params) => {
    const fields = fieldsOf(params);
    return { ...tokenAndKey(params), steps: steps(fields), ...program(fields) };
  },
  'tree/cancel': tokenAlone,
  'lineage/follow': (params) => {
    const fields = fieldsOf(params);
    const isOurs = fields['ours'] !== undefined && yesOrNo(fields, 'ours');
    return { ...tokenAndKey(params), ...(isOurs && { ours: true as const }) };
  },
  'lineage/left': tokenAlone,
  'lineage/forget': tokenAlone,
};
