import { maxPid } from '../../process/identity.js';
import { mostSamples, type ProcessRequests, type TableRequests } from '../../protocol.js';
import { none, type Checks } from './check.js';
import { fieldsOf, integer } from './fields.js';
import { keyAlone, keys } from './named.js';

const someKeys = (params: unknown) => ({ keys: keys(fieldsOf(params), mostSamples) });

export const processParams: Checks<keyof (TableRequests & ProcessRequests)> = {
  'processes/subscribe': none,
  'processes/unsubscribe': none,
  'processes/refresh': none,
  'processes/list': none,
  'processes/details': keyAlone,
  'processes/sample': someKeys,
  'processes/pss': keyAlone,
  'processes/folders': someKeys,
  'processes/find': (params) => ({ pid: integer(fieldsOf(params), 'pid', 1, maxPid) }),
  'processes/open': keyAlone,
};
