import type { AttachRequests, TargetRequests } from '../../protocol.js';
import { none, type Checks } from './check.js';
import { fieldsOf, yesOrNo } from './fields.js';
import { key, keyAlone, tokenAlone, tokenAndKey } from './named.js';

export const attachParams: Checks<keyof (AttachRequests & TargetRequests)> = {
  'target/hold': tokenAndKey,
  'target/release': tokenAlone,
  'attach/runtime': keyAlone,
  'attach/proof': keyAlone,
  'attach/traced': none,
  'attach/preflight': (params) => {
    const fields = fieldsOf(params);
    const isAsked = fields['gdb'] !== undefined;
    return { key: key(fields), ...(isAsked && { gdb: yesOrNo(fields, 'gdb') }) };
  },
};
