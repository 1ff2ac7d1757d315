import { attachTo } from './configuration';
import type { Debugger } from './debugger';
import { gdbCommands, nativeKinds, unlessEmpty } from './gdbFamily';

/** Eclipse CDT; its adapter is also on npm. */
export const cdtGdb: Debugger = {
  type: 'gdb',
  extension: 'eclipse-cdt.cdt-gdb-vscode',
  kinds: nativeKinds,
  number: { attribute: 'processId', form: 'text' },
  proof: 'tracer',
  configure: (target) => ({
    ...attachTo('gdb', target),
    program: target.program,
    processId: String(target.row.pid),
    ...unlessEmpty('initCommands', gdbCommands(target)),
  }),
};
