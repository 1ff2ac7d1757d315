import { attachTo } from './configuration';
import type { Debugger } from './debugger';

/** delve. Text would be taken for the name of a program; the number works across namespaces as it is. */
export const go: Debugger = {
  type: 'go',
  extension: 'golang.go',
  kinds: ['go'],
  number: { attribute: 'processId', form: 'number' },
  proof: 'tracer',
  isElsewhere: ({ mode }) => mode === 'remote',
  configure: (target) => ({
    ...attachTo('go', target),
    mode: 'local',
    processId: target.row.pid,
  }),
};
